import type { Order } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ReceiptSigner } from './receipts.ts';

/** How long "sold out" is taken for granted, milliseconds: goods come back when somebody cancels. */
const FRESH_MS = 150;
const REMEMBERED = 20_000;

/** What is sold out, said in writing: one signature for everybody who comes too late. */
export class SoldOutNotices {
	readonly #signer: ReceiptSigner;
	readonly #notices = new Map<string, { at: number; details: Record<string, string> }>();

	constructor(signer: ReceiptSigner) {
		this.#signer = signer;
	}

	isFresh(offerId: string): boolean {
		const notice = this.#notices.get(offerId);
		return notice !== undefined && performance.now() - notice.at < FRESH_MS;
	}

	/** @param pieces promised so far; `position` of the latest receipt. */
	post(offerId: string, pieces: bigint, position: bigint): void {
		const before = this.#notices.get(offerId)?.details;
		const details = before?.pieces === pieces.toString() ? before : this.#sign(offerId, pieces, position);
		if (this.#notices.size >= REMEMBERED) this.#notices.clear();
		this.#notices.set(offerId, { at: performance.now(), details });
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
