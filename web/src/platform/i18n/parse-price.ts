import { parseAmount } from '@kaishi/protocol/platform/money';

/** Base units, or null when it cannot be an amount of this currency. */
export function parsePrice(text: string, decimals: number): bigint | null {
	try {
		const amount = parseAmount(text.replace(/[,，\s]/g, ''), decimals);
		return amount < 1n << 128n ? amount : null;
	} catch {
		return null;
	}
}
