import type { AccountReads, Viewer } from '@kaishi/protocol/account';
import type { DiscoveryReads, MarketInfo } from '@kaishi/protocol/discovery';
import type { DisputeReads } from '@kaishi/protocol/dispute';
import type { GovernanceReads } from '@kaishi/protocol/governance';
import type { AuctionReads, LiveReads } from '@kaishi/protocol/live';
import type { OperatorReads } from '@kaishi/protocol/operator';
import type { CheckoutReads, InvoiceReads, OrderReads } from '@kaishi/protocol/order';
import type { SignedRateTable } from '@kaishi/protocol/platform/rates';
import type { ReviewReads } from '@kaishi/protocol/review';
import type { ShopReads } from '@kaishi/protocol/shop';
import type { SocialReads } from '@kaishi/protocol/social';
import type { ChannelReads, TabReads } from '@kaishi/protocol/tab';
import type { Theme } from '#platform/ui/theme.ts';

declare global {
	/** What pages may ask, by domain; the server's process puts it on `globalThis[Symbol.for('kaishi.market')]`. */
	interface MarketReads {
		account: AccountReads;
		discovery: DiscoveryReads;
		dispute: DisputeReads;
		invoice: InvoiceReads;
		governance: GovernanceReads;
		order: OrderReads;
		checkout: CheckoutReads;
		live: LiveReads;
		auction: AuctionReads;
		operator: OperatorReads;
		review: ReviewReads;
		shop: ShopReads;
		social: SocialReads;
		tab: TabReads;
		channel: ChannelReads;
	}
	/** The running market as pages see it. */
	interface MarketDoor {
		reads: MarketReads;
		/** Rates for reading, see `RateTable`. */
		rates: { current(): Promise<SignedRateTable | null> };
		/** Chain time, Unix seconds. */
		now(): number;
		/** How far the tables are: another one when they say something new of the chain. */
		revision(): string;
		/** Where browsers get the pictures of shows besides here. */
		pictureOrigins: readonly string[];
		/** Who the session cookie in this `Cookie` header belongs to. */
		viewerOf(cookieHeader: string | null): Promise<Viewer | null>;
	}

	namespace App {
		interface Error {
			status: number;
			message: string;
			/** A refusal's code, for words in the reader's language. */
			code?: string;
		}
		interface Locals {
			reads: MarketReads;
			viewer: Viewer | null;
			market: MarketInfo;
			theme: Theme;
			timeZone: string;
			/** ISO 4217, or `none`. */
			currency: string;
			rates: SignedRateTable | null;
		}
		interface PageData {
			viewer?: Viewer | null;
			market?: MarketInfo;
			theme?: Theme;
			timeZone?: string;
			currency?: string;
			rates?: SignedRateTable | null;
		}
	}
}
