export { default as RatingBars } from './RatingBars.svelte';
export { default as ReplyForm } from './ReplyForm.svelte';
export { default as ReviewCard } from './ReviewCard.svelte';
export { default as ReviewForm } from './ReviewForm.svelte';
