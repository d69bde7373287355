import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type CaseView, commitmentOf, type Vote, votes } from '@kaishi/protocol/dispute';
import { voteContext } from '@kaishi/protocol/platform/sealing';
import type { Hex } from 'viem';
import { deriveBytes, readingSecret } from '#platform/sealing/secret.ts';
import { bytesToHex } from '#platform/wallet/bytes.ts';

/**
 * The salt of a vote is derived from the juror's reading secret, and there are three things to vote for: so a vote is found
 * again in any browser that the passkey or wallet opens, and nothing has to be remembered.
 */
export async function saltOf(viewer: Viewer, market: MarketInfo, view: Pick<CaseView, 'id' | 'round'>): Promise<Hex> {
	return bytesToHex(await deriveBytes(await readingSecret(viewer), voteContext(market.chainId, view.id, view.round, viewer.address)));
}

export function seal(viewer: Viewer, view: Pick<CaseView, 'id' | 'round'>, vote: Vote, salt: Hex): Hex {
	return commitmentOf(BigInt(view.id), view.round, viewer.address, vote, salt);
}

/** What was voted, from what stands on the chain; null when this secret made no such vote. */
export function findVote(viewer: Viewer, view: Pick<CaseView, 'id' | 'round'>, commitment: Hex, salt: Hex): Vote | null {
	return votes.find((vote) => seal(viewer, view, vote, salt) === commitment) ?? null;
}

const reasonKey = (view: Pick<CaseView, 'id' | 'round'>, viewer: Viewer) => `kaishi.vote.${view.id}.${view.round}.${viewer.address.toLowerCase()}`;

/** The juror's words wait in this browser until the votes are opened. */
export function keepReason(viewer: Viewer, view: Pick<CaseView, 'id' | 'round'>, reason: string): void {
	try {
		localStorage.setItem(reasonKey(view, viewer), reason);
	} catch {
		// Full or forbidden: the vote counts without words.
		return;
	}
}

export const keptReason = (viewer: Viewer, view: Pick<CaseView, 'id' | 'round'>): string => localStorage.getItem(reasonKey(view, viewer)) ?? '';
