import type { MinuteFigures } from '@kaishi/protocol/live';
import type { Money } from '@kaishi/protocol/platform/money';

const MINUTE_MS = 60_000;
/** Of so many minutes the mean is taken: one alone jumps. */
const SPAN = 5;

/** What is sold in a minute now, by currency: the mean of the last five, of fewer where the show is younger. @param now milliseconds */
export function salesPerMinute(minutes: readonly MinuteFigures[], now: number): Money[] {
	const began = minutes[0]?.at ?? now;
	const from = Math.max(began, now - SPAN * MINUTE_MS);
	const count = BigInt(Math.min(SPAN, Math.max(1, Math.ceil((now - from) / MINUTE_MS))));
	const sums = new Map<Money['currency'], bigint>();
	for (const { at, sales } of minutes) {
		if (at + MINUTE_MS <= from) continue;
		for (const { currency, amount } of sales) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
	}
	return [...sums].map(([currency, sum]) => ({ currency, amount: (sum / count).toString() }));
}
