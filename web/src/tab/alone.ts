import type { Call } from '@kaishi/protocol/account';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import { payeesFromWire, type SignedTabState, tabStateFromWire } from '@kaishi/protocol/tab';
import { encodeFunctionData } from 'viem';

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
