import type { GiftBody, SaleBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';

/** What a room is yet to be told of: an order that came from it, or a gift. */
export type Untold = { show: string /** Whose it is; null: whoever is signed in. */; account: string | null /** Milliseconds. */; since: number } & (
	| { kind: 'sales'; body: SaleBody }
	| { kind: 'gifts'; body: GiftBody }
);

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'kaishi.live.untold';
const MOST = 50;
/** Nobody is interested in what was bought yesterday. */
const KEPT_MS = 86_400_000;
/** What was promised stands on the chain by then, or never. */
const PROMISED_MS = 600_000;

const idOf = (one: Untold) => (one.kind === 'sales' ? one.body.orderId : one.body.purchaseId);

/** Kept in this browser until the operator has heard it, across reloads and lost networks. */
export class UntoldBox {
	readonly #store: Store;
	/** Where nothing may be kept, until the page is left. */
	#here: Untold[] = [];

	constructor(store: Store) {
		this.#store = store;
	}

	read(): Untold[] {
		try {
			const kept: unknown = JSON.parse(this.#store.getItem(KEY) ?? '[]');
			return Array.isArray(kept) ? (kept as Untold[]) : [];
		} catch {
			return this.#here;
		}
	}

	add(one: Untold): void {
		this.#write([...this.read().filter((kept) => idOf(kept) !== idOf(one)), one].slice(-MOST));
	}

	remove(one: Untold): void {
		this.#write(this.read().filter((kept) => idOf(kept) !== idOf(one)));
	}

	#write(all: Untold[]): void {
		this.#here = all;
		try {
			if (all.length > 0) this.#store.setItem(KEY, JSON.stringify(all));
			else this.#store.removeItem(KEY);
		} catch {
			// Full or forbidden: kept above.
		}
	}
}

/** Tells what waits, each once; the operator recognises what it has heard. Resolves to how much still waits. */
export async function tellUntold(
	box: UntoldBox,
	account: string | null,
	now: number,
	post: (path: string, body: unknown) => Promise<unknown>,
): Promise<number> {
	const mine = box.read().filter((one) => one.account === null || one.account === account);
	let waiting = 0;
	for (const one of mine) {
		const done = await post(`/api/live/${one.show}/${one.kind}`, one.body).then(
			() => true,
			(error: unknown) => isHopeless(error, now - one.since),
		);
		if (done) box.remove(one);
		else waiting++;
	}
	return waiting;
}

/** Whether the answer will be the same however often it is asked for. */
function isHopeless(error: unknown, agoMs: number): boolean {
	if (agoMs > KEPT_MS || !(error instanceof Refusal)) return true;
	if (error.kind === 'unavailable' || error.kind === 'tooMany' || error.kind === 'unauthenticated') return false;
	return error.code !== 'Live_NotYourOrder' || agoMs > PROMISED_MS;
}
