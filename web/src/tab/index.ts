export { fundsOf } from './open-tab.ts';
export { default as QuickBuyCard } from './QuickBuyCard.svelte';
export { default as QuickBuyOffer } from './QuickBuyOffer.svelte';
export { default as QuickBuySheet } from './QuickBuySheet.svelte';
export { buySmall, isSmall, type SmallGoods } from './small-goods.ts';
export { default as TipButton } from './TipButton.svelte';
export { default as TipSheet } from './TipSheet.svelte';
