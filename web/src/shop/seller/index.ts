export { dashboardOf, mayDo, type ShopAccess } from './access.ts';
export { cleanText, contentOfDraft, draftOfListing, parsePrice } from './listing-draft.ts';
