import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { EntryRule, PotKind } from '@kaishi/protocol/live';
import type { Address } from 'viem';
import { fundsOf } from '#domain/tab/index.ts';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { putIn } from '#platform/wallet/put-in.ts';
import { askForTestMoney } from '#platform/wallet/session.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { freshSecret } from './secrets.ts';

export interface PotWish {
	show: string;
	kind: PotKind;
	currency: Address;
	amount: bigint;
	places: number;
	/** How long people may enter. */
	seconds: number;
	rule: EntryRule;
}

/** How long those who sealed a number have to show it. */
const REVEAL_SECONDS = 15;

/** Seals the host's number, says whom the pot is for, and pays it in. Throws `Refusal`. */
export async function openPot(wish: PotWish, signer: Signer, market: MarketInfo): Promise<Relayed> {
	const { openPotCalls } = await import('@kaishi/protocol/live');
	const { show, kind, currency, amount, places, seconds, rule } = wish;
	const { commitment } = await freshSecret(signer.address);
	await api.post(`/api/live/${show}/pots`, { commitment, rule });
	const { balance, held } = await fundsOf(signer.address, currency);
	if (market.embedded && balance + held < amount) await askForTestMoney(signer.address);
	const puts = signer.kind === 'wallet' && balance < amount;
	if (puts) await putIn(signer, market, currency, amount - balance);
	return signer.call(
		openPotCalls(market.contracts, {
			...{ host: signer.address, currency, amount, kind, places, commitment, show },
			entriesUntil: chainNow() + seconds,
			revealSeconds: kind === 'draw' ? REVEAL_SECONDS : 0,
			operatorId: market.operator?.id ?? 0,
			balance: puts ? amount : balance,
		}),
	);
}
