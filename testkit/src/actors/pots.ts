import { armedBlockOf, openPotCalls, type PotHistory, type PotKind, type PotLog, type PotView, potCommitmentOf, potHistoryOf } from '@kaishi/protocol/live';
import type { Address, Hex } from 'viem';
import { numberToHex, pad } from 'viem';
import { generatePrivateKey } from 'viem/accounts';
import type { Actor } from './actor.ts';

export interface PotWish {
	currency: Address;
	amount: bigint;
	kind: PotKind;
	places: number;
	/** How long people may enter, from now; a minute when left out. */
	seconds?: number;
	/** Draws: half a minute when left out. */
	revealSeconds?: number;
	/** Everyone when left out. */
	rule?: 'everyone' | 'spoke' | 'bought';
	/** A fresh one when left out. */
	secret?: Hex;
}

/** 32 random bytes that somebody commits to and shows later. */
export const freshSecret = (): Hex => generatePrivateKey();

/** Opens a pot in a show: says whom it is for, pays it in, and returns it with the host's secret. Throws `Refusal`. */
export async function openPot(host: Actor, show: string, wish: PotWish): Promise<{ pot: PotView; secret: Hex }> {
	const { contracts, operator } = await host.client.market();
	const { kind, places, currency, amount } = wish;
	const secret = wish.secret ?? freshSecret();
	const commitment = potCommitmentOf(host.address, secret);
	await host.client.post(`/api/live/${show}/pots`, { commitment, rule: wish.rule ?? 'everyone' });
	const calls = openPotCalls(contracts, {
		...{ host: host.address, currency, amount, kind, places, commitment, show },
		entriesUntil: (await host.client.now()) + (wish.seconds ?? 60),
		revealSeconds: kind === 'draw' ? (wish.revealSeconds ?? 30) : 0,
		operatorId: operator?.id ?? 0,
		balance: host.kind === 'wallet' ? amount : 0n,
	});
	await host.execute(calls);
	const pots = await host.client.get<PotView[]>(`/api/live/${show}/pots`);
	const pot = pots.find((one) => one.commitment === commitment);
	if (!pot) throw new Error('the pot was opened and is not in the tables');
	return { pot, secret };
}

/** @param secret of who wants a say in a draw. */
export function enterPot(actor: Actor, { show, id }: Pick<PotView, 'show' | 'id'>, secret?: Hex): Promise<PotView> {
	return actor.client.post<PotView>(`/api/live/${show}/pots/${id}/enter`, secret === undefined ? {} : { commitment: potCommitmentOf(actor.address, secret) });
}

export function revealPot(actor: Actor, { show, id }: Pick<PotView, 'show' | 'id'>, secret: Hex): Promise<PotView> {
	return actor.client.post<PotView>(`/api/live/${show}/pots/${id}/reveal`, { secret });
}

export function decidePot(host: Actor, { show, id }: Pick<PotView, 'show' | 'id'>, secret: Hex): Promise<PotView> {
	return host.client.post<PotView>(`/api/live/${show}/pots/${id}/decide`, { secret });
}

/** What a stranger reads of a pot over JSON-RPC, asking nobody else. */
export async function readPotHistory(rpcUrl: string, pots: Address, potId: string): Promise<PotHistory | null> {
	const ask = async <T>(method: string, params: unknown[]): Promise<T> => {
		const response = await fetch(rpcUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
		});
		const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
		if (error) throw new Error(error.message);
		return result;
	};
	const topic = pad(numberToHex(BigInt(potId)), { size: 32 });
	const logs = await ask<PotLog[]>('eth_getLogs', [{ address: pots, fromBlock: '0x0', toBlock: 'latest', topics: [null, topic] }]);
	const armed = armedBlockOf(BigInt(potId), logs);
	const block = armed === null ? null : await ask<{ hash: Hex } | null>('eth_getBlockByNumber', [numberToHex(armed), false]);
	return potHistoryOf(BigInt(potId), logs, block?.hash ?? null);
}
