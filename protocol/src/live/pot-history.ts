import { type Address, decodeEventLog, type Hex } from 'viem';
import { potsAbi } from '../generated/pots.ts';
import { type Candidate, type PotHistory, type PotPayment, potKinds } from './play.ts';

/** A log of Pots.sol, as `eth_getLogs` gives it; in the chain's order. */
export interface PotLog {
	topics: readonly Hex[];
	data: Hex;
}

const NO_SECRET: Hex = `0x${'0'.repeat(64)}`;

type Draft = Omit<PotHistory, 'entered' | 'candidates' | 'paid' | 'armedHash'> & {
	entered: { account: Address; commitment: Hex | null }[];
	candidates: Candidate[];
	paid: PotPayment[];
};

/** The block whose hash decides; null when none is named. */
export function armedBlockOf(potId: bigint, logs: readonly PotLog[]): bigint | null {
	return logs
		.map(decode)
		.reduce<bigint | null>((armed, event) => (event.eventName === 'PotArmed' && event.args.potId === potId ? event.args.blockNumber : armed), null);
}

/**
 * A pot as its events tell it, for {@link checkPot}; null when it was never opened.
 * @param armedHash Hash of the block {@link armedBlockOf} names, as the chain says.
 */
export function potHistoryOf(potId: bigint, logs: readonly PotLog[], armedHash: Hex | null): PotHistory | null {
	let draft: Draft | null = null;
	for (const event of logs.map(decode)) {
		if (event.args.potId !== potId) continue;
		if (event.eventName === 'PotOpened') draft = opened(event.args);
		else if (draft !== null) follow(draft, event);
	}
	return draft && { ...draft, armedHash };
}

const decode = ({ topics, data }: PotLog) => decodeEventLog({ abi: potsAbi, topics: [...topics] as [Hex, ...Hex[]], data });
type PotEvent = ReturnType<typeof decode>;
type OpenedArgs = Extract<PotEvent, { eventName: 'PotOpened' }>['args'];

function opened({ potId, host, amount, wish }: OpenedArgs): Draft {
	const kind = potKinds[wish.kind] ?? 'even';
	const { places, commitment } = wish;
	return { potId, kind, host, places, amount, commitment, entered: [], candidates: [], armed: null, decided: null, paid: [], returned: null };
}

function follow(draft: Draft, event: PotEvent): void {
	// Whoever enters or shows a secret now could know the block, and choose.
	if (draft.armed !== null && (event.eventName === 'PotEntered' || event.eventName === 'PotRevealed')) draft.armed.late = true;
	if (event.eventName === 'PotEntered') {
		const { account, commitment } = event.args;
		const none = commitment === NO_SECRET;
		draft.entered.push({ account, commitment: none ? null : commitment });
		if (none && draft.kind !== 'even') draft.candidates.push({ account, secret: NO_SECRET });
	} else if (event.eventName === 'PotRevealed') draft.candidates.push({ account: event.args.account, secret: event.args.secret });
	else if (event.eventName === 'PotArmed') draft.armed = { withHost: event.args.withHost, late: draft.armed?.late ?? false };
	else if (event.eventName === 'PotDecided') draft.decided = { secret: event.args.secret, blockHash: event.args.blockHash, seed: event.args.seed };
	else if (event.eventName === 'PotPaid') draft.paid.push({ account: event.args.account, amount: event.args.amount });
	else if (event.eventName === 'PotClosed') draft.returned = event.args.returned;
}
