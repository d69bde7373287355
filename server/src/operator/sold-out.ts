import type { Order } from '@kaishi/protocol/order';
import { Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';
import type { ReceiptSigner } from './receipts.ts';

/** How long "sold out" is taken for granted, milliseconds: goods come back when somebody cancels. */
const FRESH_MS = 150;
/** How much longer for the others, while one intent is looked at to find out. */
const LOOK_MS = 50;
const REMEMBERED = 20_000;
/** Who are told within this time are a crowd, milliseconds. */
const CROWD_MS = 20;

/** Pieces wanted, as so many different numbers. */
const MOST_TEXTS = 16;

interface Notice {
	/** Taken for granted until then, of the process's clock. */
	until: number;
	details: Record<string, string>;
	/** By pieces wanted. */
	texts: Map<string, string>;
}

/** What is sold out, said in writing: one signature for everybody who comes too late. */
export class SoldOutNotices {
	readonly #signer: ReceiptSigner;
	readonly #notices = new Map<string, Notice>();
	#toldAt = Number.NEGATIVE_INFINITY;

	constructor(signer: ReceiptSigner) {
		this.#signer = signer;
	}

	/** Whether many are being told just now. */
	get areHandedOut(): boolean {
		return performance.now() - this.#toldAt < CROWD_MS;
	}

	/** Whether it is sold out for sure. */
	isFresh(offerId: string): boolean {
		const notice = this.#notices.get(offerId);
		return notice !== undefined && performance.now() < notice.until;
	}

	/** One intent is looked at to find out again; meanwhile what was known stays good for the others. */
	lookAgain(offerId: string): void {
		const notice = this.#notices.get(offerId);
		if (notice !== undefined) notice.until = performance.now() + LOOK_MS;
	}

	/** The refusal of {@link refusal} as JSON, put into words once for all who want as much. */
	text(offerId: string, wanted: string): string | null {
		const notice = this.#notices.get(offerId);
		if (notice === undefined) return null;
		this.#toldAt = performance.now();
		let text = notice.texts.get(wanted);
		if (text === undefined) {
			text = JSON.stringify({
				error: { code: 'Catalog_SoldOut', kind: 'conflict', details: { offerId, left: '0', wanted, ...notice.details } },
			} satisfies RefusalBody);
			if (notice.texts.size >= MOST_TEXTS) notice.texts.clear();
			notice.texts.set(wanted, text);
		}
		return text;
	}

	/** @param pieces promised so far; `position` of the latest receipt. */
	post(offerId: string, pieces: bigint, position: bigint): void {
		const until = performance.now() + FRESH_MS;
		const before = this.#notices.get(offerId);
		if (before?.details.pieces === pieces.toString()) {
			before.until = until;
			return;
		}
		if (this.#notices.size >= REMEMBERED) this.#notices.clear();
		this.#notices.set(offerId, { until, details: this.#sign(offerId, pieces, position), texts: new Map() });
	}

	takeDown(offerId: string): void {
		this.#notices.delete(offerId);
	}

	refusal(order: Order): Refusal {
		const offerId = order.offerId.toString();
		const notice = this.#notices.get(offerId)?.details;
		return new Refusal('Catalog_SoldOut', 'conflict', { offerId, left: '0', wanted: order.quantity.toString(), ...notice });
	}

	#sign(offerId: string, pieces: bigint, position: bigint): Record<string, string> {
		const signature = this.#signer.signSoldOut({ offerId: BigInt(offerId), pieces, position });
		return { pieces: pieces.toString(), position: position.toString(), signature };
	}
}
