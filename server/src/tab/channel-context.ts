import type { Currency } from '@kaishi/protocol/platform/money';
import type { ShopReads } from '@kaishi/protocol/shop';
import type { MarketFee } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import type { Database, Queryable } from '../platform/db/database.ts';
import type { Reservations } from './reserved.ts';

export interface ChannelContext {
	db: Database;
	reserved: Reservations;
	shops: Pick<ShopReads, 'listing'>;
	/** Whether a listing's file is here to be handed over. */
	hasDownload(listingId: string): Promise<boolean>;
	fee(): Promise<MarketFee>;
	currencies: readonly Currency[];
	chainId: number;
	/** The contract that states are signed for. */
	tabs: Address;
	/** Who countersigns. */
	operator: { id: number; signer: Address };
	/** With the operator's key, over a digest. */
	sign(digest: Hex): Promise<Hex>;
	/** Makes a transaction one of the present leader's: throws when another leads. */
	fence(tx: Queryable): Promise<void>;
	/** Chain time, Unix seconds. */
	now(): number;
}

/** What all purchases of a tab's epoch together are promised for. */
export const channelPurpose = ({ epoch }: { epoch: number }) => `channel:${epoch}`;

/** More than any tab holds: reserved on one that both sides have ended. */
export const EVERYTHING = 1n << 128n;

/** Nothing is bought on a tab in its last five minutes: what is owed has to be claimed before it is over. */
export const PURCHASE_MARGIN_SECONDS = 300;
