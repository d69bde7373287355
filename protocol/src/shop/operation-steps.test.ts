import { type Address, encodeFunctionData, zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import { accountAbi } from '../generated/account.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { shopAbi } from '../generated/shop.ts';
import { operationSteps } from './operation-steps.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const [treasury, shop, orderBook, token, person] = ['1', '2', '3', '4', '5'].map(address) as [Address, Address, Address, Address, Address];
const read = (to: Address, data: `0x${string}`, value = '0') => operationSteps([{ to, value, data }], treasury, { shop, orderBook })[0];
const onShop = (functionName: string, args: unknown[]) => read(shop, encodeFunctionData({ abi: shopAbi, functionName, args } as never));
const onSelf = (functionName: string, args: unknown[]) => read(treasury, encodeFunctionData({ abi: accountAbi, functionName, args } as never));

test('default: every operation that pages propose is named with all that it does', () => {
	const amounts = [{ token, amount: 7n }];
	const money = { currency: token, amount: '7' };
	expect(read(orderBook, encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [9n, token, 7n] }))).toEqual({
		kind: 'withdraw',
		shopId: '9',
		money,
	});
	expect(onShop('setGuard', [9n, person, amounts])).toEqual({ kind: 'setGuard', shopId: '9', cold: person, caps: [money] });
	expect(onShop('applyGuard', [9n, zeroAddress, []])).toEqual({ kind: 'applyGuard', shopId: '9', cold: null, caps: [] });
	expect(onShop('vetoGuard', [9n])).toEqual({ kind: 'vetoGuard', shopId: '9' });
	expect(onShop('lowerCap', [9n, token, 7n])).toEqual({ kind: 'lowerCap', shopId: '9', money });
	expect(onShop('setStaff', [9n, person, 10])).toEqual({ kind: 'setStaff', shopId: '9', person, roles: 10 });
	expect(onShop('setLimits', [9n, person, amounts])).toEqual({ kind: 'setLimits', shopId: '9', person, limits: [money] });
	expect(onShop('setPayout', [9n, person])).toEqual({ kind: 'setPayout', shopId: '9', payout: person });
	expect(onShop('safeTransferFrom', [treasury, person, 9n])).toEqual({ kind: 'transferShop', shopId: '9', to: person });
	expect(onShop('transferFrom', [treasury, person, 9n])).toEqual({ kind: 'transferShop', shopId: '9', to: person });
	expect(onSelf('addSigners', [[person]])).toEqual({ kind: 'addSigners', signers: [person] });
	expect(onSelf('removeSigners', [[person]])).toEqual({ kind: 'removeSigners', signers: [person] });
	expect(onSelf('setThreshold', [3n])).toEqual({ kind: 'setThreshold', threshold: 3 });
});

test('error: whatever else it is stays unknown, and never looks like something harmless', () => {
	const vetoGuard = encodeFunctionData({ abi: shopAbi, functionName: 'vetoGuard', args: [9n] });
	const unknown = (to: Address, data: `0x${string}`) => ({ kind: 'unknown', to, data });
	// A harmless call sent to somebody else's contract, or with coin along.
	expect(read(person, vetoGuard)).toEqual(unknown(person, vetoGuard));
	expect(read(shop, vetoGuard, '1')).toEqual(unknown(shop, vetoGuard));
	expect(onShop('transferFrom', [person, treasury, 9n])).toMatchObject({ kind: 'unknown' });
	expect(onShop('setApprovalForAll', [person, true])).toMatchObject({ kind: 'unknown' });
	expect(read(orderBook, encodeFunctionData({ abi: orderBookAbi, functionName: 'withdraw', args: [token, 7n, person] }))).toMatchObject({ kind: 'unknown' });
	expect(onSelf('execute', [`0x${'00'.repeat(32)}`, '0x'])).toMatchObject({ kind: 'unknown' });
	expect(read(shop, '0x')).toEqual(unknown(shop, '0x'));
	expect(read(shop, `${vetoGuard.slice(0, 30)}` as `0x${string}`)).toMatchObject({ kind: 'unknown' });
});
