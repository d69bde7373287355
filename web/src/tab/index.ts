export { default as QuickBuyCard } from './QuickBuyCard.svelte';
export { default as QuickBuyOffer } from './QuickBuyOffer.svelte';
