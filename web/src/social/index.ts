export { default as AskShop } from './AskShop.svelte';
export { default as FollowButton } from './FollowButton.svelte';
export { default as Inbox } from './Inbox.svelte';
export { default as NavCounts } from './NavCounts.svelte';
export { default as ResponseTime } from './ResponseTime.svelte';
export { iconOf, tell } from './words.ts';
