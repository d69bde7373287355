export { dashboardOf, mayDo, type ShopAccess } from './access.ts';
export { cleanText, contentOfDraft, draftOfListing } from './listing-draft.ts';
