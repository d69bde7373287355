import type { Address } from 'viem';
import type { Money } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';

/** Money that an account has set aside for one key to spend through one operator, see ITabs.sol. */
export interface TabView {
	key: Address;
	/** All that was ever put in. */
	limit: Money;
	/** Not spent yet: it comes back when the tab is over. */
	left: Money;
	/** Null: in any shop. */
	shopId: string | null;
	operatorId: number;
	/** Unix seconds; nothing is bought afterwards, and anyone may give back what is left. */
	validUntil: number;
	/** The account has asked for it back: `validUntil` is when it comes. */
	closing: boolean;
	proof: Proof;
}

export interface TabReads {
	/** Tabs of the account that are open, or over with something left that is not back yet. Those that end first first. */
	tabsOf(account: Address): Promise<TabView[]>;
}
