import type { Call } from '@kaishi/protocol/account';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import { payeesFromWire, type SignedTabState, tabStateFromWire } from '@kaishi/protocol/tab';
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';

/** What an account does with the last signatures when the operator does nothing, or the wrong thing. See ITabs.sol. */
type Tabs = Pick<MarketContracts, 'tabs'>;

/** Has what was bought paid an hour from now, so that the rest comes back. */
export function claimCall({ tabs }: Tabs, { state, operatorSignature }: SignedTabState): Call {
	return { to: tabs, data: encodeFunctionData({ abi: tabsAbi, functionName: 'claim', args: [tabStateFromWire(state), false, operatorSignature] }) };
}

/** Puts the newest state in the place of an older one that the operator claims; it pays for that from its bond. */
export function challengeCall({ tabs }: Tabs, { state, operatorSignature }: SignedTabState): Call {
	return { to: tabs, data: encodeFunctionData({ abi: tabsAbi, functionName: 'challenge', args: [tabStateFromWire(state), operatorSignature] }) };
}

/** Pays a claim whose hour is over. */
export function finishCall({ tabs }: Tabs, { state, payees }: SignedTabState): Call {
	const { account, key, token } = tabStateFromWire(state);
	return { to: tabs, data: encodeFunctionData({ abi: tabsAbi, functionName: 'finish', args: [account, key, token, payeesFromWire(payees)] }) };
}

/** What the chain says is claimed of a tab: asked of the chain itself, since the operator is the one in doubt. */
export interface ClaimOfTab {
	version: bigint;
	byOperator: boolean;
	/** Unix seconds; 0: nothing is claimed. */
	payableFrom: number;
}

/** Throws when the chain does not answer. */
export async function claimOf(rpcUrl: string, { tabs }: Tabs, signed: SignedTabState): Promise<ClaimOfTab> {
	const { account, key, token } = tabStateFromWire(signed.state);
	const data = encodeFunctionData({ abi: tabsAbi, functionName: 'claimOf', args: [account, key, token] });
	const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [{ to: tabs, data }, 'latest'] });
	const answer = (await (await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()) as { result: Hex };
	const [version, , byOperator, payableFrom] = decodeFunctionResult({ abi: tabsAbi, functionName: 'claimOf', data: answer.result });
	return { version, byOperator, payableFrom };
}
