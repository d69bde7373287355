import * as v from 'valibot';
import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, hexToBigInt, keccak256, pad, parseAbiParameters } from 'viem';
import type { Call } from '../account/index.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { potsAbi } from '../generated/pots.ts';
import { bytes32 } from '../platform/chain-values.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import { payInCalls } from '../tab/index.ts';

/** In the contract's order. `even` and `lucky`: red packets; `draw`: a lucky draw. */
export const potKinds = ['even', 'lucky', 'draw'] as const;
export type PotKind = (typeof potKinds)[number];

/** As Pots.sol bounds them. */
export const MAX_PLACES = 100;
/** Of a pot that chance decides. */
export const MAX_DRAWN = 50;
/** How long a host may take to show its secret, from when the pot was armed. */
export const HOST_SECONDS = 120;

/** Whom a host gives to: everybody; who has said something in the show; who has bought in it. The market asks, not the contract. */
export const entryRules = ['everyone', 'spoke', 'bought'] as const;
export type EntryRule = (typeof entryRules)[number];

export interface OpenPot {
	host: Address;
	currency: Address;
	amount: bigint;
	kind: PotKind;
	places: number;
	/** Unix seconds. */
	entriesUntil: number;
	/** Draw only; otherwise zero. */
	revealSeconds: number;
	operatorId: number;
	/** {@link potCommitmentOf} the host and its secret. */
	commitment: Hex;
	show: string;
	/** What the host has in the market; what is missing up to the amount is put in first. */
	balance: bigint;
}

const WISH = parseAbiParameters('(uint8 kind,uint16 places,uint40 entriesUntil,uint16 revealSeconds,uint24 operatorId,bytes32 commitment,bytes32 subject)');
const COMMITMENT = parseAbiParameters('address,bytes32');
const MIX = parseAbiParameters('uint256,address,bytes32');
const SEED = parseAbiParameters('uint256,bytes32,bytes32,bytes32');
const NUMBER = parseAbiParameters('bytes32,uint256');
const NO_SECRET: Hex = `0x${'0'.repeat(64)}`;

/** How a pot names the show it is given away in. */
export const potSubjectOf = (show: string): Hex => pad(`0x${show}`, { size: 32 });

/** The show a pot was given away in; null where the subject names none. */
export const showOfSubject = (subject: Hex): string | null => (/^0x0{48}[0-9a-f]{16}$/.test(subject) ? subject.slice(-16) : null);

/** The whole pot leaves the host's balance. */
export function openPotCalls({ orderBook, pots }: Pick<MarketContracts, 'orderBook' | 'pots'>, pot: OpenPot): Call[] {
	const { host, currency, amount, balance, kind, show, ...rest } = pot;
	const wish = encodeAbiParameters(WISH, [{ ...rest, kind: potKinds.indexOf(kind), subject: potSubjectOf(show) }]);
	const pay = encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [currency, pots, amount, wish] });
	return [...payInCalls(orderBook, { account: host, currency, missing: amount > balance ? amount - balance : 0n }), { to: orderBook, data: pay }];
}

export const enterPotData = (potId: bigint, account: Address, commitment: Hex | null): Hex =>
	encodeFunctionData({ abi: potsAbi, functionName: 'enter', args: [potId, account, commitment ?? NO_SECRET] });
export const revealPotData = (potId: bigint, account: Address, secret: Hex): Hex =>
	encodeFunctionData({ abi: potsAbi, functionName: 'reveal', args: [potId, account, secret] });
export const decidePotData = (potId: bigint, secret: Hex): Hex => encodeFunctionData({ abi: potsAbi, functionName: 'decide', args: [potId, secret] });
export const keepPotData = (step: 'arm' | 'decideByBlock' | 'close', potId: bigint): Hex =>
	encodeFunctionData({ abi: potsAbi, functionName: step, args: [potId] });

/** What a host, or somebody who wants a say in a draw, commits to. `secret`: 32 random bytes, for one pot only. */
export const potCommitmentOf = (account: Address, secret: Hex): Hex => keccak256(encodeAbiParameters(COMMITMENT, [account, secret]));

/** Who can be drawn, in the order in which that became true; the secret is zero for who entered without one. */
export interface Candidate {
	account: Address;
	secret: Hex;
}

/** Exclusive or over all candidates. */
export function potMixOf(potId: bigint, candidates: readonly Candidate[]): Hex {
	const mix = candidates.reduce((sum, { account, secret }) => sum ^ hexToBigInt(keccak256(encodeAbiParameters(MIX, [potId, account, secret]))), 0n);
	return pad(`0x${mix.toString(16)}`, { size: 32 });
}

/**
 * @param secret The host's; zero where it has no say.
 * @param blockHash Of the block that was armed last, after everybody had shown their secrets.
 */
export const potSeedOf = (potId: bigint, secret: Hex, blockHash: Hex, mix: Hex): Hex => keccak256(encodeAbiParameters(SEED, [potId, secret, blockHash, mix]));

const numberOf = (seed: Hex, i: number) => hexToBigInt(keccak256(encodeAbiParameters(NUMBER, [seed, BigInt(i)])));

/** `Chance.parts`: `amount` divided by chance among `count`, at least one unit each. */
export function partsOf(seed: Hex, amount: bigint, count: number): bigint[] {
	const weights = Array.from({ length: count }, (_, i) => (numberOf(seed, i) & ((1n << 64n) - 1n)) + 1n);
	const sum = weights.reduce((total, weight) => total + weight, 0n);
	const rest = amount - BigInt(count);
	const parts = weights.map((weight) => (rest * weight) / sum);
	const left = rest - parts.reduce((total, part) => total + part, 0n);
	return parts.map((part, i) => part + 1n + (i === 0 ? left : 0n));
}

/** `Chance.draw`: `winners` different numbers below `candidates`, in the order of drawing: a shuffle that is stopped early. */
export function drawOf(seed: Hex, candidates: number, winners: number): number[] {
	const moved = new Map<number, number>();
	return Array.from({ length: winners }, (_, i) => {
		const place = i + Number(numberOf(seed, i) % BigInt(candidates - i));
		const drawn = moved.get(place) ?? place;
		moved.set(place, moved.get(i) ?? i);
		return drawn;
	});
}

export interface PotPayment {
	account: Address;
	amount: bigint;
}

type PotRules = Pick<PotHistory, 'potId' | 'kind' | 'places' | 'amount'>;

/** What the rules make of a pot, whoever decides it. */
export function decidePot(pot: PotRules, candidates: readonly Candidate[], { secret, blockHash }: { secret: Hex; blockHash: Hex }): PotPayment[] {
	const winners = Math.min(candidates.length, pot.places);
	const given = (pot.amount * BigInt(winners)) / BigInt(pot.places);
	const seed = potSeedOf(pot.potId, secret, blockHash, potMixOf(pot.potId, candidates));
	if (pot.kind === 'lucky') return partsOf(seed, given, winners).map((amount, i) => ({ account: (candidates[i] as Candidate).account, amount }));
	const share = given / BigInt(Math.max(winners, 1));
	return drawOf(seed, candidates.length, winners).map((i) => ({ account: (candidates[i] as Candidate).account, amount: share }));
}

/** A pot's events, as they stand on the chain. */
export interface PotHistory {
	potId: bigint;
	kind: PotKind;
	host: Address;
	places: number;
	amount: bigint;
	commitment: Hex;
	/** In order; `commitment` null: none. */
	entered: readonly { account: Address; commitment: Hex | null }[];
	/** Entries without a commitment and reveals, in the chain's order. */
	candidates: readonly Candidate[];
	/** `withHost`: the host has a say, and has shown its secret if the pot is decided. `late`: somebody had a choice when the block was named. */
	armed: { withHost: boolean; late: boolean } | null;
	decided: { secret: Hex; blockHash: Hex; seed: Hex } | null;
	/** Hash of the block that was armed last, as the chain says; null when it was not, or is not there yet. */
	armedHash: Hex | null;
	paid: readonly PotPayment[];
	returned: bigint | null;
}

export type PotFault = 'secret' | 'block' | 'reveal' | 'seed' | 'winners' | 'sum';

/** Recomputes a pot from its events: what does not agree with the rules; nothing when all does. */
export function checkPot(history: PotHistory): PotFault[] {
	const faults: PotFault[] = [];
	const { potId, kind, host, armed, decided, candidates, paid, returned } = history;
	const committed = new Map(history.entered.map(({ account, commitment }) => [account.toLowerCase(), commitment]));
	const honest = ({ account, secret }: Candidate) => {
		const commitment = committed.get(account.toLowerCase());
		return commitment === null ? secret === NO_SECRET : commitment === potCommitmentOf(account, secret);
	};
	if (!candidates.every(honest)) faults.push('reveal');
	const expected = kind === 'even' ? evenPayments(history) : decided === null ? [] : decidePot(history, candidates, decided);
	if (decided !== null) {
		const { secret, blockHash, seed } = decided;
		const isSealed = armed?.withHost ? potCommitmentOf(host, secret) === history.commitment : secret === NO_SECRET;
		if (!isSealed) faults.push('secret');
		if (armed === null || armed.late || blockHash !== history.armedHash) faults.push('block');
		if (seed !== potSeedOf(potId, secret, blockHash, potMixOf(potId, candidates))) faults.push('seed');
	}
	const same =
		paid.length === expected.length && expected.every(({ account, amount }, i) => paid[i]?.amount === amount && sameAccount(paid[i]?.account, account));
	if (!same) faults.push('winners');
	const sum = paid.reduce((total, { amount }) => total + amount, 0n) + (returned ?? 0n);
	if (returned !== null && sum !== history.amount) faults.push('sum');
	return faults;
}

/** How many sealed a number and did not show it. */
export const keptBackIn = ({ entered, candidates }: Pick<PotHistory, 'entered' | 'candidates'>): number =>
	entered.filter(({ commitment }) => commitment !== null).length - candidates.filter(({ secret }) => secret !== NO_SECRET).length;

function evenPayments({ entered, amount, places }: PotHistory): PotPayment[] {
	return entered.map(({ account }) => ({ account, amount: amount / BigInt(places) }));
}

const sameAccount = (a: Address | undefined, b: Address) => a?.toLowerCase() === b.toLowerCase();

/** POST /api/live/<show>/pots: who may enter the pot that the host is about to open under this commitment. */
export const announcePot = v.strictObject({ commitment: bytes32, rule: v.picklist(entryRules) });

/** POST /api/live/<show>/pots/<pot>/enter: once per account. `commitment`: of who wants a say in a draw. */
export const enterPot = v.strictObject({ commitment: v.optional(v.nullable(bytes32), null) });

/** POST /api/live/<show>/pots/<pot>/reveal and …/decide. */
export const showSecret = v.strictObject({ secret: bytes32 });

/** `open`: people enter. `revealing`: who committed shows its secret. `waiting`: for the host's secret. `over`: paid or given back. */
export type PotStatus = 'open' | 'revealing' | 'waiting' | 'over';

export interface PotView {
	id: string;
	show: string;
	kind: PotKind;
	host: Address;
	currency: Address;
	/** Base units. */
	amount: string;
	places: number;
	entriesUntil: number;
	revealUntil: number;
	commitment: Hex;
	rule: EntryRule;
	entries: number;
	status: PotStatus;
	/** The block whose hash decides, together with the host's secret; null while it is not named. */
	armedBlock: string | null;
	/** Whether the host kept its secret back, so that a block decides alone. */
	hostSilent: boolean;
	/** What was won so far, in the order of payment. */
	paid: { account: Address; amount: string }[];
	/** Given back to the host; null while it is not over. */
	returned: string | null;
	/** Where it was opened. */
	blockNumber: string;
	transactionHash: Hex;
	/** Of the viewer; null for strangers. */
	mine: { entered: boolean; committed: boolean; revealed: boolean; won: string | null } | null;
}
