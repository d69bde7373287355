import type { Call, ProposeRound, RoundView, TreasuryView } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { formatDate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';
import { toast } from '#platform/ui/toast.svelte.ts';
import { askSignature, type Explanation } from '#platform/wallet/ask.svelte.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { goto, refreshAll } from '$app/navigation';

const ROUND_SECONDS = 7 * 86_400;

/** Signs calls of a treasury as the first of its people and hands them to the server, which waits for the others. */
async function propose(signer: Signer, treasury: TreasuryView, calls: Call[], market: MarketInfo): Promise<RoundView> {
	const { roundOperation } = await import('@kaishi/protocol/account');
	const operation: ProposeRound['operation'] = {
		// A lane of its own, as every operation: rounds never block each other.
		nonce: (BigInt(randomHex(24)) << 64n).toString(),
		validUntil: chainNow() + ROUND_SECONDS,
		calls: calls.map(({ to, value = 0n, data }) => ({ to, value: value.toString(), data })),
	};
	const signed = await signer.cosign(roundOperation(treasury.address, operation, market.contracts.deadline));
	return api.post<RoundView>(`/api/treasuries/${treasury.address}/rounds`, { operation, ...signed } satisfies ProposeRound);
}

/**
 * Has the owner do something: alone when one person owns the shop, else by opening a signing round.
 * @param treasury the account that owns the shop when several people do.
 * @param done what to say when it is done; `away` where to go then, if the page is no longer the person's.
 * @returns whether it was signed; `done` or opened as a round.
 */
export async function askOwner(
	treasury: TreasuryView | null,
	market: MarketInfo,
	explanation: Explanation,
	calls: () => Promise<Call[]>,
	done: string,
	away: string | null = null,
): Promise<boolean> {
	if (treasury === null) {
		const relayed = await askSignature(explanation, async (signer) => signer.call(await calls()));
		if (!relayed) return false;
		toast(done, 'good');
		if (away !== null) await goto(away);
	} else {
		const lines = [...explanation.lines, m.sell_round_needs({ threshold: treasury.threshold, date: formatDate(chainNow() + ROUND_SECONDS, 'date') })];
		const round = await askSignature({ ...explanation, lines }, async (signer) => propose(signer, treasury, await calls(), market));
		if (!round) return false;
		toast(round.state === 'done' ? done : m.sell_round_opened(), 'good');
	}
	await refreshAll();
	return true;
}
