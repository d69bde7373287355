import type { Queryable } from '../../platform/db/database.ts';

const MINUTE_MS = 60_000;
/** More are not told apart: they count on, without being remembered. */
const MAX_REMEMBERED = 200_000;

interface Minute {
	viewers: number;
	joined: number;
	lines: number;
	likes: number;
	taps: number;
}
const emptyMinute = (viewers: number): Minute => ({ viewers, joined: 0, lines: 0, likes: 0, taps: 0 });

/** What is counted in a room while it goes on; written down now and then, so a crash loses seconds of it. */
export class RoomCounts {
	viewers = 0;
	peak: number;
	likes: number;
	#visitors: number;
	#visits: number;
	#stayedMs: number;
	readonly #id: string;
	readonly #clock: () => number;
	readonly #seen = new Set<string>();
	#minutes = new Map<number, Minute>();
	#taps = new Map<string, number>();
	#changed = false;

	private constructor(id: string, clock: () => number, row: { peak: number; likes: number; visitors: number; visits: number; stayed_ms: number }) {
		this.#id = id;
		this.#clock = clock;
		this.peak = row.peak;
		this.likes = row.likes;
		this.#visitors = row.visitors;
		this.#visits = row.visits;
		this.#stayedMs = row.stayed_ms;
	}

	static async open(db: Queryable, id: string, clock: () => number): Promise<RoomCounts> {
		const { rows } = await db.query<{ peak: number; likes: number; visitors: number; visits: number; stayed_ms: number }>(
			'select peak, likes, visitors, visits, stayed_ms from live.counters where show_id = $1',
			[id],
		);
		return new RoomCounts(id, clock, rows[0] ?? { peak: 0, likes: 0, visitors: 0, visits: 0, stayed_ms: 0 });
	}

	joined(visitor: string): void {
		this.#visits++;
		this.#minute().joined++;
		if (this.#seen.has(visitor)) return;
		if (this.#seen.size < MAX_REMEMBERED) this.#seen.add(visitor);
		this.#visitors++;
	}

	left(stayedMs: number): void {
		this.#stayedMs += stayedMs;
		this.#changed = true;
	}

	lines(count: number): void {
		this.#minute().lines += count;
	}

	/** Whether anybody has to be told. */
	counted({ viewers, likes }: { viewers: number; likes: number }): { viewers: boolean; likes: boolean } {
		const changed = { viewers: viewers !== this.viewers, likes: likes > 0 };
		this.viewers = viewers;
		this.peak = Math.max(this.peak, viewers);
		this.likes += likes;
		const minute = this.#minute();
		minute.viewers = Math.max(minute.viewers, viewers);
		minute.likes += likes;
		return changed;
	}

	tapped(listingId: string): void {
		this.#minute().taps++;
		this.#taps.set(listingId, (this.#taps.get(listingId) ?? 0) + 1);
	}

	/** Writes down what was counted since the last time. */
	async write(db: Queryable): Promise<void> {
		if (!this.#changed) return;
		this.#changed = false;
		const [minutes, taps] = [this.#minutes, this.#taps];
		this.#minutes = new Map();
		this.#taps = new Map();
		await db.query(
			`insert into live.counters (show_id, viewers, peak, likes, visitors, visits, stayed_ms) values ($1, $2, $3, $4, $5, $6, $7)
			 on conflict (show_id) do update set viewers = excluded.viewers, peak = excluded.peak, likes = excluded.likes, visitors = excluded.visitors,
				visits = excluded.visits, stayed_ms = excluded.stayed_ms`,
			[this.#id, this.viewers, this.peak, this.likes, this.#visitors, this.#visits, this.#stayedMs],
		);
		await db.query(
			`insert into live.minutes as m (show_id, minute, viewers, joined, lines, likes, taps)
			 select $1, minute, viewers, joined, lines, likes, taps from json_to_recordset($2::json)
				as r (minute bigint, viewers integer, joined integer, lines integer, likes integer, taps integer)
			 on conflict (show_id, minute) do update set viewers = greatest(m.viewers, excluded.viewers), joined = m.joined + excluded.joined,
				lines = m.lines + excluded.lines, likes = m.likes + excluded.likes, taps = m.taps + excluded.taps`,
			[this.#id, JSON.stringify([...minutes].map(([minute, counted]) => ({ minute, ...counted })))],
		);
		await db.query(
			`insert into live.taps as t (show_id, listing_id, taps) select $1, id, n from unnest($2::numeric[], $3::integer[]) as r (id, n)
			 on conflict (show_id, listing_id) do update set taps = t.taps + excluded.taps`,
			[this.#id, [...taps.keys()], [...taps.values()]],
		);
	}

	#minute(): Minute {
		this.#changed = true;
		const now = this.#clock();
		const start = now - (now % MINUTE_MS);
		const minute = this.#minutes.get(start) ?? emptyMinute(this.viewers);
		this.#minutes.set(start, minute);
		return minute;
	}
}
