import { OwnMarks } from '#platform/api/own-marks.svelte.ts';

/** Which shops the person in front follows. */
export const follows = new OwnMarks('/api/follows', (shopId) => `/api/follows/${shopId}`);
