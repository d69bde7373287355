export { default as PotDesk } from './PotDesk.svelte';
export { default as PotPanel } from './PotPanel.svelte';
