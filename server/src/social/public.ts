// owns: pictures that links to the market show elsewhere
// listens: nothing
// emits: nothing
export { type ShareRouteOptions, shareRoutes } from './routes.ts';
