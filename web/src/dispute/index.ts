export { default as CasePanel } from './CasePanel.svelte';
export { default as CaseProgress } from './CaseProgress.svelte';
export { default as CaseRow } from './CaseRow.svelte';
export { default as CourtTotals } from './CourtTotals.svelte';
export { default as Evidence } from './Evidence.svelte';
export { default as Panel } from './Panel.svelte';
export { default as StakeCard } from './StakeCard.svelte';
export { default as VoteCard } from './VoteCard.svelte';
