import { type IntentAnswer, type Receipt, receiptFromWire, type SignedReceipt } from '@kaishi/protocol/operator';
import type { Hex } from 'viem';
import type { Hit } from '../load/messages.ts';

/** What a buyer was told. */
export type Answer =
	| { kind: 'promised'; orderId: Hex; receipt: Receipt; signed: SignedReceipt }
	| { kind: 'placed'; orderId: Hex }
	| { kind: 'refused'; code: string }
	/** No answer at all, or one that says nothing clear. */
	| { kind: 'unclear'; text: string };

/** Reads what the market said to an intent, by either door. */
export function readHit({ status, body }: Hit): Answer {
	try {
		const said = JSON.parse(body) as Partial<IntentAnswer> & { error?: { code?: string }; created?: { orderIds: Hex[] } };
		const refused = said.error?.code;
		if (status >= 400 && status < 500 && refused) return { kind: 'refused', code: refused };
		if (status === 200 && said.orderId && said.receipt)
			return { kind: 'promised', orderId: said.orderId, receipt: receiptFromWire(said.receipt.receipt), signed: said.receipt };
		const placed = said.orderId && said.placed ? said.orderId : said.created?.orderIds[0];
		if (status === 200 && placed) return { kind: 'placed', orderId: placed };
	} catch {
		// told below
	}
	return { kind: 'unclear', text: status === 0 ? 'no answer' : `${status} ${body.slice(0, 160)}` };
}
