import type { Address } from 'viem';

/** Where a market's contracts stand. */
export interface MarketContracts {
	shop: Address;
	catalog: Address;
	orderBook: Address;
	/** Money set aside for keys to spend, and who may promise what is bought with it. */
	tabs: Address;
	operators: Address;
	/** What bids are set aside in, and who places the winners' orders. */
	auctions: Address;
	reviews: Address;
	/** Money that hosts of live shows give away. */
	pots: Address;
	/** The house court, whom its jurors stake with, and who stands in for a buyer's fee. */
	court: Address;
	jury: Address;
	feeInsurance: Address;
	parameters: Address;
	timelock: Address;
	accountFactory: Address;
	/** Whom the accounts of the factory let change their signers. */
	recovery: Address;
	webAuthnVerifier: Address;
	forwarder: Address;
	entryPoint: Address;
	/** Carries orders of one cart together. */
	batch: Address;
	/** Gives batches of calls an end. */
	deadline: Address;
	/** Embedded chain only. */
	faucet: Address | null;
}
