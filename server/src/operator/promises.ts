import type { Receipt } from '@kaishi/protocol/operator';
import { orderToWire } from '@kaishi/protocol/order';
import type { Clerk } from './clerk.ts';
import type { Journal } from './journal.ts';
import type { Intent, NewPromise } from './promise.ts';
import type { OfferRow } from './snapshot.ts';

const REMEMBERED = 20_000;

/** Numbers receipts and pieces, each once. */
export class Promises {
	readonly #journal: Pick<Journal, 'lastPosition'>;
	readonly #clerk: Pick<Clerk, 'lastPieces'>;
	/** None is ever forgotten: what is not on the disk yet is known here alone, and a number given twice is a broken word. */
	readonly #pieces = new Map<string, bigint>();
	/** Offers that nothing had been promised of when they were looked up. Anybody may make some up. */
	readonly #none = new Set<string>();
	#position = 0n;

	constructor(journal: Pick<Journal, 'lastPosition'>, clerk: Pick<Clerk, 'lastPieces'>) {
		this.#journal = journal;
		this.#clerk = clerk;
	}

	/** Of the latest receipt. */
	get position(): bigint {
		return this.#position;
	}

	async start(): Promise<void> {
		this.#position = await this.#journal.lastPosition();
	}

	/** Looks up how many pieces of each were promised before; to be called before {@link make}. */
	async learn(offerIds: readonly string[]): Promise<void> {
		const unknown = offerIds.filter((id) => !this.#pieces.has(id) && !this.#none.has(id));
		if (unknown.length === 0) return;
		const last = await this.#clerk.lastPieces(unknown);
		if (this.#none.size >= REMEMBERED) this.#none.clear();
		for (const id of unknown) {
			const pieces = last.get(id);
			if (pieces === undefined) this.#none.add(id);
			else this.#pieces.set(id, pieces);
		}
	}

	piecesOf(offerId: string): bigint {
		return this.#pieces.get(offerId) ?? 0n;
	}

	/** The next receipt. What is numbered and then not written down leaves a gap, which contradicts nothing. */
	make({ orderId, order, total, offerId }: Intent, { stock }: OfferRow, byBlock: bigint): Receipt {
		const piece = stock === null ? 0n : this.piecesOf(offerId) + order.quantity;
		if (stock !== null) this.#pieces.set(offerId, piece);
		const { buyer, quantity } = order;
		return { orderId, buyer, token: order.terms.currency, total, offerId: order.offerId, piece, quantity, position: ++this.#position, byBlock };
	}
}

/** As it is to be written down. */
export const promiseOf = ({ key, order, signature }: Intent, receipt: Receipt): NewPromise => ({ receipt, key, wire: orderToWire(order), signature });
