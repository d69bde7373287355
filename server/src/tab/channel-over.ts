import type { ChannelView, Purchase, SignedTabState } from '@kaishi/protocol/tab';
import type { Hex } from 'viem';
import { type Bought, buyOnTab, closeOnTab, type Proposed, refundOnTab } from './channel.ts';
import type { ChannelContext } from './channel-context.ts';
import { channelOf } from './channel-reads.ts';
import type { TabId } from './reserved.ts';

/** What is asked of the channel, here or on the server that leads. The same question again gets the same answer. */
export interface ChannelDoor {
	buyOnTab(proposed: Proposed, purchase: Purchase): Promise<Bought>;
	refundOnTab(proposed: Proposed, purchaseId: Hex): Promise<SignedTabState>;
	closeOnTab(proposed: Proposed): Promise<SignedTabState>;
	channelOf(tab: TabId): Promise<ChannelView>;
}

/** The channel as the leader offers it to other servers. */
export function channelMethods(context: ChannelContext) {
	return {
		buyOnTab: (proposed: Proposed, purchase: Purchase) => buyOnTab(context, proposed, purchase),
		refundOnTab: (proposed: Proposed, purchaseId: Hex) => refundOnTab(context, proposed, purchaseId),
		closeOnTab: (proposed: Proposed) => closeOnTab(context, proposed),
		channelOf: (tab: TabId) => channelOf(context, tab),
	};
}

/** The channel of whoever leads. */
export function channelOver(call: (method: string, args: readonly unknown[]) => Promise<unknown>): ChannelDoor {
	const over =
		<M extends keyof ChannelDoor>(method: M) =>
		(...args: Parameters<ChannelDoor[M]>) =>
			call(method, args) as ReturnType<ChannelDoor[M]>;
	return { buyOnTab: over('buyOnTab'), refundOnTab: over('refundOnTab'), closeOnTab: over('closeOnTab'), channelOf: over('channelOf') };
}
