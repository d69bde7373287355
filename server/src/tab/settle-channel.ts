import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import type { Currency } from '@kaishi/protocol/platform/money';
import { mostOnTab, payeesFromWire, type SignedTabState, tabStateFromWire } from '@kaishi/protocol/tab';
import { encodeFunctionData, type Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import { channelPurpose, EVERYTHING, PURCHASE_MARGIN_SECONDS } from './channel-context.ts';
import { type Due, endEpoch, findState, listDueEpochs, listUnsettled, lockTab, stopEpoch, type UnsettledEpoch } from './channel-store.ts';
import { type Reservations, tabKeyOf } from './reserved.ts';

export interface SettlerContext {
	db: Database;
	chain: Pick<Chain, 'request'>;
	contracts: Pick<MarketContracts, 'tabs'>;
	currencies: readonly Currency[];
	reserved: Reservations;
	/** Has the operator call the tabs' contract, together with what else comes at the time; resolves when the tables know what came of it. */
	send(data: Hex): Promise<unknown>;
	/** Makes a transaction one of the present leader's: throws when another leads. */
	fence(tx: Queryable): Promise<void>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

/** Sellers have their money a day after the first purchase of an epoch, */
const SETTLE_SECONDS = 86_400;
/** sooner when a tab owes as much as five of the largest purchases, */
const SETTLE_PURCHASES = 5n;
/** and before the tab is over. Longer than what purchases keep clear of, so that the last one is claimed too. */
const SETTLE_MARGIN_SECONDS = PURCHASE_MARGIN_SECONDS;

/** Enters in the book what was bought before this process started. */
export async function restoreChannels({ db, reserved }: Pick<SettlerContext, 'db' | 'reserved'>): Promise<void> {
	for (const epoch of await listUnsettled(db)) {
		// A tab that is ending promises nothing more, whatever is left. Also what is claimed counts until it is seen that the claim is of the newest state.
		reserved.restore(epoch, channelPurpose(epoch), epoch.status === 'close' ? EVERYTHING : BigInt(epoch.most));
	}
}

/**
 * Brings every tab's purchases one step on: claims what is due, corrects claims of older states, pays claims whose hour is over,
 * ends tabs that both sides ended. Idempotent: what is to be done is read off the tables and the chain each time, and the
 * contract takes every step once; a process that dies in between does it again or finds it done. Resolves with the steps taken.
 */
export function createChannelSettler(context: SettlerContext): () => Promise<number> {
	/** Claims that were looked at and wait for their hour. */
	const waiting = new Map<string, number>();
	const look = async (epoch: UnsettledEpoch): Promise<Hex | null> => {
		const key = tabKeyOf(epoch);
		if (epoch.payable_from !== null && waiting.get(key) === epoch.payable_from && context.now() < epoch.payable_from) return null;
		const step = await stepOf(context, epoch);
		if (step === null && epoch.payable_from !== null) waiting.set(key, epoch.payable_from);
		else waiting.delete(key);
		return step;
	};
	return async () => {
		const found = await Promise.all((await listDueEpochs(context.db, dueOf(context))).map((epoch) => look(epoch).catch(report(context))));
		const steps = found.filter((step) => step !== null);
		await Promise.all(steps.map((step) => context.send(step).catch(report(context))));
		return steps.length;
	};
}

/** A refusal is somebody's having been faster. */
function report({ onError }: SettlerContext): (error: unknown) => null {
	return (error) => {
		if (!(error instanceof Refusal)) onError(error);
		return null;
	};
}

function dueOf({ now, currencies }: SettlerContext): Due {
	const most = currencies.map((currency) => ({ token: currency.address, amount: SETTLE_PURCHASES * mostOnTab(currency) }));
	return { endingBefore: now() + SETTLE_MARGIN_SECONDS, openedBefore: now() - SETTLE_SECONDS, most };
}

/** A call of the tabs' contract, or null: nothing is to be done yet. */
async function stepOf(context: SettlerContext, epoch: UnsettledEpoch): Promise<Hex | null> {
	if (epoch.released || (epoch.tab_epoch ?? 0) > epoch.epoch) return end(context, epoch);
	if (epoch.status === 'close') return closing(context, epoch);
	// Nothing may follow what is claimed. Whoever buys at this very moment comes before or is refused.
	if (epoch.status === 'open') {
		await context.db.transaction(async (tx) => {
			await context.fence(tx);
			await lockTab(tx, epoch);
			await stopEpoch(tx, epoch);
		});
	}
	return claiming(context, epoch);
}

/** It is paid, or it was over before it could be claimed. */
async function end({ db, reserved, onError }: SettlerContext, epoch: UnsettledEpoch): Promise<null> {
	const paid = epoch.status === 'close' || (epoch.tab_epoch ?? 0) > epoch.epoch || epoch.spent === '0';
	if (!paid) onError(new Error(`a tab was over before its purchases were claimed: ${tabKeyOf(epoch)}`));
	await endEpoch(db, epoch, paid ? 'paid' : 'lost');
	reserved.release(epoch, channelPurpose(epoch));
	return null;
}

async function newest({ db }: SettlerContext, epoch: UnsettledEpoch): Promise<{ signed: SignedTabState; state: ReturnType<typeof tabStateFromWire> }> {
	const signed = await findState(db, epoch, epoch.epoch);
	if (signed === null) throw new Error(`a tab's states are gone: ${epoch.account} ${epoch.key}`);
	return { signed, state: tabStateFromWire(signed.state) };
}

async function closing(context: SettlerContext, epoch: UnsettledEpoch): Promise<Hex> {
	return encodeSettle((await newest(context, epoch)).signed);
}

async function claiming(context: SettlerContext, epoch: UnsettledEpoch): Promise<Hex | null> {
	const { chain, contracts, reserved, now } = context;
	const { signed, state } = await newest(context, epoch);
	const id = [epoch.account, epoch.key, epoch.token] as const;
	const abi = tabsAbi;
	const [version, , byOperator, payableFrom] = await readContract(chain, { address: contracts.tabs, abi, functionName: 'claimOf', args: id });
	if (payableFrom === 0) {
		if (state.spent === 0n || now() > (epoch.valid_until ?? 0)) return null;
		return encodeFunctionData({ abi, functionName: 'claim', args: [state, true, signed.keySignature] });
	}
	// What is claimed is out of what the tab has left, once the tables know.
	if (epoch.payable_from !== null && version >= state.version) reserved.release(epoch, channelPurpose(epoch));
	if (!byOperator && version < state.version && now() < payableFrom)
		return encodeFunctionData({ abi, functionName: 'challenge', args: [state, signed.keySignature] });
	if (now() < payableFrom) return null;
	const claimed = await findState(context.db, epoch, epoch.epoch, Number(version));
	if (claimed === null) throw new Error(`a state is claimed that is not in the tables: ${epoch.account} ${epoch.key}`);
	return encodeFunctionData({ abi, functionName: 'finish', args: [...id, payeesFromWire(claimed.payees)] });
}

/** Ends a tab that both sides ended, as its operator: who calls need not show its signature. Anyone else may bring it with both. */
export function encodeSettle({ state, payees, keySignature }: SignedTabState): Hex {
	const args = [tabStateFromWire(state), payeesFromWire(payees), keySignature, '0x'] as const;
	return encodeFunctionData({ abi: tabsAbi, functionName: 'settle', args });
}
