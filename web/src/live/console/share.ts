import type { BagItem } from '@kaishi/protocol/live';

/** What orders of the bag give to whoever brings the buyer, in hundredths of a percent; null: none gives anything. */
export function shareOf(bag: readonly BagItem[]): { least: number; most: number } | null {
	const shares = bag.flatMap(({ offers }) => offers.map(({ affiliateBps }) => affiliateBps));
	const most = Math.max(0, ...shares);
	return most === 0 ? null : { least: Math.min(...shares), most };
}
