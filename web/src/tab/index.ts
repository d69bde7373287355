export { fundsOf } from './open-tab.ts';
export { default as QuickBuyCard } from './QuickBuyCard.svelte';
export { default as QuickBuyOffer } from './QuickBuyOffer.svelte';
export { default as TipButton } from './TipButton.svelte';
