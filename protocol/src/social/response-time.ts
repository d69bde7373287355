/** How fast a shop answers, from what happened in the last 30 days; null where that is too little to speak of. */
export interface ResponseTime {
	medianSeconds: number;
	/** The promise that the median keeps, rounded up to a time people say. */
	withinSeconds: number;
	/** Questions that were counted. */
	questions: number;
}

export const RESPONSE_DAYS = 30;
export const MIN_QUESTIONS = 3;
export const MIN_ASKERS = 3;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const STEPS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY];

/** What may be said of these facts: nothing while they are few, or from too few people. Longer than a week is a month. */
export function responseTimeOf(facts: { questions: number; askers: number; medianSeconds: number | null }): ResponseTime | null {
	const { questions, askers, medianSeconds } = facts;
	if (medianSeconds === null || questions < MIN_QUESTIONS || askers < MIN_ASKERS) return null;
	return { medianSeconds, questions, withinSeconds: STEPS.find((step) => medianSeconds <= step) ?? RESPONSE_DAYS * DAY };
}
