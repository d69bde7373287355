import { OwnMarks } from '#platform/api/own-marks.svelte.ts';

/** Which sold-out offers the person in front waits for. */
export const waits = new OwnMarks('/api/waits', (offerId) => `/api/waits/${offerId}`);
