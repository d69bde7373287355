export { categoryName, stallSigns, stalls } from './buyer/category.ts';
export { default as ListingGrid } from './buyer/ListingGrid.svelte';
export { default as ListingTile } from './buyer/ListingTile.svelte';
export { default as ShopTile } from './buyer/ShopTile.svelte';
export { type StockState, stockStateOf } from './buyer/stock.ts';
export { afterSalesWords, cancelWords, type PromisedTerms, shippingWords } from './promise-words.ts';
