import { receiptWire, type SignedReceipt } from '@kaishi/protocol/operator';
import * as v from 'valibot';

const signedReceipt = v.object({
	operatorId: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 24 - 1)),
	signer: v.pipe(v.string(), v.regex(/^0x[0-9a-fA-F]{40}$/)),
	receipt: receiptWire,
	signature: v.pipe(v.string(), v.regex(/^0x[0-9a-fA-F]{130}$/)),
});

const MOST_BYTES = 10_000;

/** A receipt that somebody kept as a file; null when the text is none. What it says is checked elsewhere. */
export function readReceiptFile(text: string): SignedReceipt | null {
	if (text.length > MOST_BYTES) return null;
	try {
		const found: unknown = JSON.parse(text);
		return v.is(signedReceipt, found) ? (found as SignedReceipt) : null;
	} catch {
		return null;
	}
}

/** As it is kept: everything that the proof needs, and nothing of this market's opinion about it. */
export function writeReceiptFile({ operatorId, signer, receipt, signature }: SignedReceipt): string {
	return `${JSON.stringify({ operatorId, signer, receipt, signature }, null, 2)}\n`;
}
