import { shopRoles } from '@kaishi/protocol/shop';
import { erc20Abi, zeroAddress } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
	applyGuard,
	employ,
	fillTill,
	lowerCap,
	openShop,
	openTestMarket,
	type PasskeyUser,
	setGuard,
	type TestMarket,
	vetoGuard,
	type WalletUser,
	withdrawShop,
} from '../../../testkit/src/index.ts';
import { readContract } from '../platform/chain/read-contract.ts';

const HOURS = 3600;
let market: TestMarket;
let owner: PasskeyUser;
let cold: WalletUser;
let cashier: WalletUser;
let token: `0x${string}`;
let shopId: bigint;
let count = 0;

beforeAll(async () => {
	market = await openTestMarket();
	[owner, cold, cashier] = await Promise.all([market.passkeyUser(), market.walletUser(), market.walletUser()]);
	token = (await market.info()).currencies[0]?.address ?? zeroAddress;
});
beforeEach(async () => {
	shopId = await openShop(owner, { slug: `treasury-${++count}` });
});
afterAll(() => market?.close());

const view = async () => {
	await market.processAll();
	return await market.reads.shop.shop(shopId.toString());
};
const heldBy = (address: `0x${string}`) => readContract(market.chain, { address: token, abi: erc20Abi, functionName: 'balanceOf', args: [address] });
const till = async () =>
	(await market.reads.order.balancesOf(`0x${shopId.toString(16).padStart(40, '0')}`)).find((money) => money.currency === token)?.amount ?? '0';

test('default: what is above the cap is swept by the node itself, once', async () => {
	await setGuard(owner, shopId, cold.address, [{ token, amount: 3_000_000n }]);
	expect((await view())?.guard).toEqual({ cold: cold.address, caps: [{ currency: token, amount: '3000000' }], proposal: null });
	const before = await heldBy(cold.address);
	await fillTill(owner, shopId, { token, amount: 5_000_000n });
	await market.advance(2);
	expect(await till()).toBe('3000000');
	expect(await heldBy(cold.address)).toBe(before + 2_000_000n);
	await market.advance(120);
	expect(await heldBy(cold.address)).toBe(before + 2_000_000n);

	await lowerCap(owner, shopId, { token, amount: 1_000_000n });
	await market.advance(120);
	expect(await till()).toBe('1000000');
	// Ordinary withdrawals go the same way.
	await withdrawShop(owner, shopId, token, 1_000_000n);
	expect(await heldBy(cold.address)).toBe(before + 5_000_000n);
});

test('behavior: a change waits 48 hours and can be vetoed; then the shop cannot be moved around it', async () => {
	await setGuard(owner, shopId, cold.address, [{ token, amount: 7n }]);
	await setGuard(owner, shopId, cashier.address, []);
	const proposed = (await view())?.guard;
	expect(proposed).toMatchObject({ cold: cold.address, proposal: { cold: cashier.address, caps: [] } });
	expect(proposed?.proposal?.readyAt).toBeGreaterThan(market.now() + 47 * HOURS);
	await expect(applyGuard(cashier, shopId, cashier.address)).rejects.toMatchObject({ code: 'Treasury_TooEarly' });
	await vetoGuard(cold, shopId);
	expect((await view())?.guard).toMatchObject({ cold: cold.address, proposal: null });
	await market.advance(49 * HOURS);
	await expect(applyGuard(cashier, shopId, cashier.address)).rejects.toMatchObject({ code: 'Treasury_NotProposed' });

	await setGuard(owner, shopId, null);
	await market.advance(48 * HOURS);
	await applyGuard(cashier, shopId, null);
	expect((await view())?.guard).toBeNull();
});

test('behavior: money staff take as much as their limit leaves for the day', async () => {
	await fillTill(owner, shopId, { token, amount: 10_000_000n });
	await employ(owner, shopId, cashier.address, shopRoles.money, [{ token, amount: 4_000_000n }]);
	await withdrawShop(cashier, shopId, token, 3_000_000n);
	expect((await view())?.staff).toEqual([
		{ address: cashier.address, roles: shopRoles.money, limits: [{ currency: token, amount: '4000000', left: '1000000' }] },
	]);
	await expect(withdrawShop(cashier, shopId, token, 1_000_001n)).rejects.toMatchObject({ code: 'Treasury_OverLimit', details: { left: '1000000' } });
	await market.advance(24 * HOURS);
	expect((await view())?.staff[0]?.limits[0]?.left).toBe('4000000');
	await withdrawShop(cashier, shopId, token, 4_000_000n);

	await employ(owner, shopId, cashier.address, shopRoles.orders);
	expect((await view())?.staff).toEqual([{ address: cashier.address, roles: shopRoles.orders, limits: [] }]);
	await expect(withdrawShop(cashier, shopId, token, 1n)).rejects.toMatchObject({ code: 'Treasury_Unauthorized' });
	await employ(owner, shopId, cashier.address, 0);
	expect((await view())?.staff).toEqual([]);
});

test('behavior: the tables come out the same when they are built again', async () => {
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
});
