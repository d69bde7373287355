import { type Address, decodeFunctionData, type Hex, isAddressEqual, zeroAddress } from 'viem';
import type { RoundOperation } from '../account/index.ts';
import { accountAbi } from '../generated/account.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { shopAbi } from '../generated/shop.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { Money } from '../platform/money.ts';

/** What one call of a treasury does, read off its calldata. `unknown`: no page of ours writes such a call. */
export type OperationStep =
	| { kind: 'withdraw'; shopId: string; money: Money }
	| { kind: 'setGuard' | 'applyGuard'; shopId: string; cold: Address | null; caps: Money[] }
	| { kind: 'vetoGuard'; shopId: string }
	| { kind: 'lowerCap'; shopId: string; money: Money }
	| { kind: 'setStaff'; shopId: string; person: Address; roles: number }
	| { kind: 'setLimits'; shopId: string; person: Address; limits: Money[] }
	| { kind: 'setPayout'; shopId: string; payout: Address }
	| { kind: 'transferShop'; shopId: string; to: Address }
	| { kind: 'addSigners'; signers: Hex[] }
	| { kind: 'removeSigners'; signers: Hex[] }
	| { kind: 'setThreshold'; threshold: number }
	| { kind: 'unknown'; to: Address; data: Hex };

type Call = RoundOperation['calls'][number];
type Contracts = Pick<MarketContracts, 'shop' | 'orderBook'>;
type Step = OperationStep | null;

/** What a round's operation does, one step per call; whoever signs reads this and not what somebody says of it. */
export function operationSteps(calls: readonly Call[], treasury: Address, contracts: Contracts): OperationStep[] {
	return calls.map((call) => readCall(call, treasury, contracts) ?? { kind: 'unknown', to: call.to, data: call.data });
}

function readCall({ to, value, data }: Call, treasury: Address, contracts: Contracts): Step {
	// None of these takes coin along.
	if (BigInt(value) !== 0n) return null;
	try {
		if (isAddressEqual(to, contracts.shop)) return readShopCall(data, treasury);
		if (isAddressEqual(to, contracts.orderBook)) return readMoneyCall(data);
		if (isAddressEqual(to, treasury)) return readOwnCall(data);
	} catch {
		// Not a call of that contract.
	}
	return null;
}

const moneyOf = ({ token, amount }: { token: Address; amount: bigint }): Money => ({ currency: token, amount: amount.toString() });
const coldOf = (address: Address) => (address === zeroAddress ? null : address);

function readShopCall(data: Hex, treasury: Address): Step {
	const { functionName, args } = decodeFunctionData({ abi: shopAbi, data });
	switch (functionName) {
		case 'setGuard':
		case 'applyGuard':
			return { kind: functionName, shopId: args[0].toString(), cold: coldOf(args[1]), caps: args[2].map(moneyOf) };
		case 'vetoGuard':
			return { kind: 'vetoGuard', shopId: args[0].toString() };
		case 'lowerCap':
			return { kind: 'lowerCap', shopId: args[0].toString(), money: moneyOf({ token: args[1], amount: args[2] }) };
		case 'setStaff':
			return { kind: 'setStaff', shopId: args[0].toString(), person: args[1], roles: args[2] };
		case 'setLimits':
			return { kind: 'setLimits', shopId: args[0].toString(), person: args[1], limits: args[2].map(moneyOf) };
		case 'setPayout':
			return { kind: 'setPayout', shopId: args[0].toString(), payout: args[1] };
		case 'transferFrom':
		case 'safeTransferFrom':
			return isAddressEqual(args[0], treasury) ? { kind: 'transferShop', shopId: args[2].toString(), to: args[1] } : null;
		default:
			return null;
	}
}

function readMoneyCall(data: Hex): Step {
	const { functionName, args } = decodeFunctionData({ abi: orderBookAbi, data });
	return functionName === 'withdrawShop' ? { kind: 'withdraw', shopId: args[0].toString(), money: moneyOf({ token: args[1], amount: args[2] }) } : null;
}

function readOwnCall(data: Hex): Step {
	const { functionName, args } = decodeFunctionData({ abi: accountAbi, data });
	if (functionName === 'addSigners' || functionName === 'removeSigners') return { kind: functionName, signers: [...args[0]] };
	return functionName === 'setThreshold' ? { kind: 'setThreshold', threshold: Number(args[0]) } : null;
}
