/** Where the racer shoots and with what. */
export interface RacePlan {
	/** Of the market; requests go to its port on this machine. */
	origin: string;
	path: string;
	/** One {@link Shot} per line. */
	shotsFile: string;
	/** One {@link Hit} per line is written here, in the order of the shots. */
	hitsFile: string;
	/** Each has one request under way at a time; as many as shots: everybody at the same moment. */
	connections: number;
	/** Say so after this many answers with status 200. */
	tellAfter: number | null;
}

export interface Shot {
	/** JSON. */
	body: string;
	/** The address it seems to come from. */
	source: string;
}

/** What became of a shot. Times are milliseconds since 1970, with fractions. */
export interface Hit {
	/** 0: never answered. */
	status: number;
	body: string;
	sentMs: number;
	answeredMs: number;
	/** How often the market said that it was busy before it answered. */
	busy: number;
	/** Connections that ended before the answer came. */
	broken: number;
}

export type ToRacer = { plan: RacePlan } | { go: true };
export type FromRacer = { ready: true } | { reached: true } | { done: true /** What the race cost the racer. */; cpuMs: number } | { failed: string };

/** Milliseconds since 1970 with fractions, comparable between processes of one machine. */
export const epochMs = (): number => performance.timeOrigin + performance.now();
