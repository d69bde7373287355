import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import type { Currency } from '@kaishi/protocol/platform/money';
import type { Address } from 'viem';

/** Where a market's contracts stand and what it accepts: the part of `MarketInfo` that never changes. */
export interface Deployment {
	chainId: number;
	contracts: MarketContracts;
	/** What the account factory clones. */
	accountImplementation: Address;
	currencies: Currency[];
	/** Whom the seller's editor names by default. */
	arbitrators: Address[];
	/** Who settles what is bought here and signs receipts: this server's operator, once it is registered. */
	operator: { id: number; signer: Address } | null;
	/** No event of the market is older than this block. */
	startBlock: number;
}
