import { OwnMarks } from '#platform/api/own-marks.svelte.ts';

/** Which shows the person in front wants to be told of. */
export const reminders = new OwnMarks('/api/live/reminders', (showId) => `/api/live/${showId}/reminder`);
