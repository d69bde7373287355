import type { Relayed } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type Address, encodeFunctionData, type Hex, zeroAddress } from 'viem';
import type { Actor } from './actor.ts';

export interface Amount {
	token: Address;
	amount: bigint;
}

/** Anything of the shop contract, as `actor`. */
async function callShop(actor: Actor, ...data: Hex[]): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	return actor.execute(data.map((one) => ({ to: contracts.shop, data: one })));
}

/** @param cold null lifts the guard. */
export function setGuard(owner: Actor, shopId: bigint, cold: Address | null, caps: Amount[] = []): Promise<Relayed> {
	return callShop(owner, encodeFunctionData({ abi: shopAbi, functionName: 'setGuard', args: [shopId, cold ?? zeroAddress, caps] }));
}

export function applyGuard(anyone: Actor, shopId: bigint, cold: Address | null, caps: Amount[] = []): Promise<Relayed> {
	return callShop(anyone, encodeFunctionData({ abi: shopAbi, functionName: 'applyGuard', args: [shopId, cold ?? zeroAddress, caps] }));
}

export function vetoGuard(actor: Actor, shopId: bigint): Promise<Relayed> {
	return callShop(actor, encodeFunctionData({ abi: shopAbi, functionName: 'vetoGuard', args: [shopId] }));
}

export function lowerCap(owner: Actor, shopId: bigint, cap: Amount): Promise<Relayed> {
	return callShop(owner, encodeFunctionData({ abi: shopAbi, functionName: 'lowerCap', args: [shopId, cap.token, cap.amount] }));
}

/** Gives somebody roles, and daily limits with them. */
export function employ(owner: Actor, shopId: bigint, staff: Address, roles: number, limits: Amount[] = []): Promise<Relayed> {
	return callShop(
		owner,
		encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, staff, roles] }),
		...(limits.length === 0 ? [] : [encodeFunctionData({ abi: shopAbi, functionName: 'setLimits', args: [shopId, staff, limits] })]),
	);
}

/** Puts money of the actor into a shop's till. */
export async function fillTill(actor: Actor, shopId: bigint, { token, amount }: Amount): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	const account: Address = `0x${shopId.toString(16).padStart(40, '0')}`;
	const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [account, token, amount] });
	if (token === zeroAddress) return actor.execute([{ to: contracts.orderBook, value: amount, data: deposit }]);
	const approve = encodeFunctionData({
		abi: [
			{ type: 'function', name: 'approve', stateMutability: 'nonpayable', inputs: [{ type: 'address' }, { type: 'uint256' }], outputs: [{ type: 'bool' }] },
		],
		args: [contracts.orderBook, amount],
	});
	return actor.execute([
		{ to: token, data: approve },
		{ to: contracts.orderBook, data: deposit },
	]);
}
