import { type Address, encodeAbiParameters, type Hex, hashTypedData, keccak256 } from 'viem';

/** What has been bought on a tab since its last settlement, see ITabs.sol. Key and operator sign each version; the newest that both signed is owed. */
export interface TabState {
	account: Address;
	key: Address;
	token: Address;
	/** Settlements of the tab before this one. */
	epoch: number;
	/** Counts up with every purchase and every refund. */
	version: bigint;
	/** Sum of all payees' amounts. */
	spent: bigint;
	/** {@link payeesHash} of who is paid. */
	payees: Hex;
	/** Hash chain over the purchases. */
	purchases: Hex;
	/** Signed by both only to end the tab: it pays at once. */
	closing: boolean;
}

/** A balance in the vault that a settlement pays, and how much. */
export interface Payee {
	account: Address;
	amount: bigint;
}

/** EIP-712 type that key and operator sign. */
export const tabStateTypes = {
	TabState: [
		{ name: 'account', type: 'address' },
		{ name: 'key', type: 'address' },
		{ name: 'token', type: 'address' },
		{ name: 'epoch', type: 'uint24' },
		{ name: 'version', type: 'uint64' },
		{ name: 'spent', type: 'uint128' },
		{ name: 'payees', type: 'bytes32' },
		{ name: 'purchases', type: 'bytes32' },
		{ name: 'closing', type: 'bool' },
	],
} as const;

export function tabsDomain(chainId: number, tabs: Address) {
	return { name: 'Kaishi Tabs', version: '1', chainId, verifyingContract: tabs } as const;
}

/** What is signed of a state; the contract's `digestOf` gives the same. */
export function tabStateDigest(state: TabState, chainId: number, tabs: Address): Hex {
	return hashTypedData({ domain: tabsDomain(chainId, tabs), types: tabStateTypes, primaryType: 'TabState', message: state });
}

const payeesType = [{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint128' }] }] as const;

/** keccak256 of the ABI-encoded list, in its order. */
export function payeesHash(payees: readonly Payee[]): Hex {
	return keccak256(encodeAbiParameters(payeesType, [payees.map(({ account, amount }) => [account, amount] as const)]));
}
