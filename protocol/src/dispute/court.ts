import type { Side } from '../order/index.ts';

/** In the contract's order (`Phase` in ICourt.sol): the index is the stored number. */
export const phases = ['none', 'contested', 'evidence', 'commit', 'reveal', 'appeal', 'decided', 'closed', 'executed'] as const;
export type Phase = (typeof phases)[number];

/** In the contract's order (`Choice` in ICourt.sol). `none`: a tie, or nobody voted. */
export const choices = ['none', 'buyer', 'seller', 'even'] as const;
export type Choice = (typeof choices)[number];
/** What a juror can vote for. */
export const votes = ['buyer', 'seller', 'even'] as const satisfies readonly Choice[];
export type Vote = (typeof votes)[number];

/** Seats of the first panel and of those that appeals call. */
export const panelSizes = [3, 7, 15] as const;
export const LAST_ROUND = panelSizes.length - 1;
/** Bytes of text that the court takes: of a vote's reason, of the address of a piece of evidence. */
export const MAX_COURT_TEXT_BYTES = 2048;

/** The panel of a round; zero for rounds that cannot be. */
export const seatsOf = (round: number): number => panelSizes[round] ?? 0;

/** What judging costs in one currency; see `Tariff` in ICourt.sol. */
export interface Tariff {
	minFee: bigint;
	feeBps: number;
	smallBelow: bigint;
	mediumBelow: bigint;
}

/** Of currencies that governance has not priced: `_defaultEntry` in Tariffs.sol. */
export const defaultTariff: Tariff = { minFee: 0n, feeBps: 100, smallBelow: 0n, mediumBelow: 2n ** 128n - 1n };

/** How long each period of a round lasts, in seconds. */
export interface Timing {
	evidenceSeconds: number;
	commitSeconds: number;
	revealSeconds: number;
	appealSeconds: number;
}

const BPS = 10_000n;
const MAX_FEE = 2n ** 96n - 1n;
const DIGITS = 24;

/** What each side brings first, what each juror earns, and whose timing counts: `feeOf` of the court. Base units. */
export function courtFee(tariff: Tariff, atStake: bigint): { fee: bigint; perJuror: bigint; tier: number } {
	const share = (atStake * BigInt(tariff.feeBps)) / BPS;
	const asked = share < tariff.minFee ? tariff.minFee : share;
	const perJuror = roundFee(asked > MAX_FEE ? MAX_FEE : asked);
	const tier = atStake < tariff.smallBelow ? 0 : atStake < tariff.mediumBelow ? 1 : 2;
	return { fee: BigInt(panelSizes[0]) * perJuror, perJuror, tier };
}

/** The contract remembers 24 leading bits of a fee: `Fees.pack` and `unpack`. */
function roundFee(amount: bigint): bigint {
	const bits = amount === 0n ? 0 : amount.toString(2).length;
	const exponent = BigInt(Math.max(0, bits - DIGITS));
	return (amount >> exponent) << exponent;
}

/** What a side may bring altogether to an appeal that calls the panel of `round`: its cost and half of it. Base units. */
export const appealTarget = (feePerJuror: bigint, round: number): bigint => (BigInt(seatsOf(round)) * feePerJuror * 3n) / 2n;

/** Who has to bring the appeal's cost; when the ruling gives both a half, or nothing was ruled, either may. */
export const isLosing = (ruling: Choice, side: Side): boolean => ruling !== side;

/** Until when a side's appeal can be paid for: the losing side ends early, so that the other can answer it. Unix seconds. */
export function contributionsUntil(ruling: Choice, side: Side, deadline: number, appealSeconds: number): number {
	return isLosing(ruling, side) ? deadline - Math.floor(appealSeconds / 2) : deadline;
}
