export { default as LivePlayer } from './media/LivePlayer.svelte';
export { default as PlayerControls } from './media/PlayerControls.svelte';
export { Player } from './media/play/player.svelte.ts';
export { Publisher } from './media/publish/publisher.svelte.ts';
export { default as Studio } from './media/Studio.svelte';
