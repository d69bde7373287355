const FIRST_MS = 250;
const LONGEST_MS = 8000;

/**
 * How long to wait before trying again: twice as long each time, and by chance between half and one and a half of it, so that a
 * whole audience does not come back at once. @param random between 0 and 1.
 */
export const waitMs = (tries: number, random: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * (0.5 + random);
