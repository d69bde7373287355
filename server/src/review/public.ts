// owns: reviews in both directions, replies, what the stars add up to
// listens: Reviews.*
// emits: topics order:<id>, listing:<id>, shop:<id>
export { createReviewProjection } from './project.ts';
export { countByShop as countReviewsByShop, countReviews, ratingsOf } from './query.ts';
export { createReviewReads, type ReviewContext, reviewsForOrder } from './reads.ts';
export { reviewRoutes } from './routes.ts';
export { reviewMigrations, reviewTables } from './tables.ts';
