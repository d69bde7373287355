import { type Address, getAddress, type Hex, keccak256, numberToHex, stringToHex, zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import { type OfferTerms, settle } from '../order/index.ts';
import { offerIdOf, shopAccountOf } from '../shop/index.ts';
import {
	closeBook,
	emptyBook,
	goodsPurchase,
	isPaidAtOnce,
	MAX_PAYEES,
	mergePayees,
	mostOnTab,
	type Purchase,
	payeesHash,
	purchaseFromWire,
	purchaseIdOf,
	purchaseToWire,
	shopOfAccount,
	type TabBook,
	tabStateFromWire,
	tabStateToWire,
	tipPurchase,
	withPurchase,
	withRefund,
} from './index.ts';

/** The same numbers at every run. */
function* numbers(seed: string): Generator<number> {
	for (let hash = keccak256(stringToHex(seed)); ; hash = keccak256(hash)) yield Number(BigInt(hash) & 0xffffffffn);
}
const draw = numbers('tabs');
const below = (n: number) => (draw.next().value as number) % n;
const addressOf = (n: number): Address => getAddress(numberToHex(BigInt(n) + (1n << 80n), { size: 20 }));
const saltOf = (n: number): Hex => numberToHex(n, { size: 32 });

const tab = { account: addressOf(1), key: addressOf(2), token: addressOf(3) };
const fee = { bps: 150, recipient: addressOf(99) };
const terms: OfferTerms = {
	currency: tab.token,
	unitPrice: 1_999_999n,
	shippingPrice: 0n,
	returnShippingPrice: 0n,
	shipDate: 0,
	shipBySeconds: 0,
	confirmBySeconds: 3600,
	cancelSeconds: 0,
	returnSeconds: 0,
	warrantySeconds: 0,
	restockingBps: 0,
	warrantyBps: 0,
	affiliateBps: 0,
	remedies: 0,
	arbitrator: addressOf(4),
	splits: [{ recipient: addressOf(5), bps: 1234 }],
};
const sumOf = (payees: readonly { amount: bigint }[]) => payees.reduce((sum, { amount }) => sum + amount, 0n);

function drawPurchase(salt: number): Purchase {
	if (below(3) === 0) return tipPurchase({ to: addressOf(10 + below(4)), amount: BigInt(1 + below(5_000_000)), note: '谢谢', salt: saltOf(salt) });
	const splits = Array.from({ length: below(4) }, () => ({ recipient: addressOf(20 + below(5)), bps: below(2000) }));
	const offerId = offerIdOf(BigInt(1 + below(3)) << 32n, 0);
	return goodsPurchase({
		offerId,
		version: 1,
		terms: { ...terms, unitPrice: BigInt(1 + below(9_000_000)), splits },
		quantity: BigInt(1 + below(5)),
		fee: { ...fee, bps: below(200) },
		salt: saltOf(salt),
	});
}

test('default: goods are divided as the order book divides them', () => {
	const offerId = offerIdOf((7n << 32n) | 1n, 0);
	const purchase = goodsPurchase({ offerId, version: 3, terms, quantity: 3n, fee, salt: saltOf(1) });
	const order = settle({ terms, quantity: 3n, affiliate: zeroAddress, feeBps: fee.bps });
	const amountOf = (account: string) => purchase.payees.find((payee) => payee.account.toLowerCase() === account.toLowerCase())?.amount;
	expect([purchase.amount, purchase.seller]).toEqual([5_999_997n, shopAccountOf(7n)]);
	expect(amountOf(shopAccountOf(7n))).toBe(order.sellerAmount);
	expect(amountOf(fee.recipient)).toBe(89_999n);
	expect(amountOf(addressOf(5))).toBe(740_399n);
});

test('property: whatever is bought and given back, payees add up to what is spent, and both orders of reckoning agree', () => {
	for (let round = 0; round < 60; round++) {
		let book: TabBook = emptyBook(tab, round);
		const kept: Purchase[] = [];
		for (let step = 0; step < 12; step++) {
			const before = book;
			if (kept.length > 0 && below(4) === 0) book = withRefund(book, kept.splice(below(kept.length), 1)[0] as Purchase);
			else {
				const purchase = drawPurchase(round * 100 + step);
				kept.push(purchase);
				book = withPurchase(book, purchase);
			}
			expect(book.state.version).toBe(before.state.version + 1n);
			expect(book.state.spent).toBe(sumOf(book.payees));
			expect(book.state.spent).toBe(sumOf(kept));
			expect(book.state.purchases).not.toBe(before.state.purchases);
			expect(book.state.payees).toBe(payeesHash(book.payees));
			expect(book.payees).toEqual(mergePayees(kept.flatMap((purchase) => purchase.payees)));
			expect(book.payees.every(({ amount }) => amount > 0n)).toBe(true);
		}
		const closed = closeBook(book);
		expect(closed.state).toEqual({ ...book.state, version: book.state.version + 1n, closing: true });
		expect(() => withPurchase(closed, drawPurchase(9))).toThrow(RangeError);
	}
});

test('property: a state and a purchase survive JSON; every field of a purchase is part of its id', () => {
	for (let i = 0; i < 50; i++) {
		const purchase = drawPurchase(i);
		const wire = JSON.parse(JSON.stringify(purchaseToWire(purchase)));
		expect(purchaseIdOf(tab, purchaseFromWire(wire))).toBe(purchaseIdOf(tab, purchase));
		const { state } = withPurchase(emptyBook(tab, i), purchase);
		expect(tabStateFromWire(JSON.parse(JSON.stringify(tabStateToWire(state))))).toEqual(state);
	}
	const purchase = drawPurchase(1);
	const changes: Partial<Purchase>[] = [
		...[{ kind: purchase.kind === 'tip' ? ('goods' as const) : ('tip' as const) }, { seller: addressOf(77) }, { offerId: 1n << 90n }, { version: 9 }],
		...[{ termsHash: saltOf(5) }, { quantity: 99n }, { amount: 1n }, { note: 'other' }, { payees: [] }, { salt: saltOf(0) }],
	];
	const ids = changes.map((change) => purchaseIdOf(tab, { ...purchase, ...change }));
	ids.push(purchaseIdOf(tab, purchase), purchaseIdOf({ ...tab, account: addressOf(8) }, purchase), purchaseIdOf({ ...tab, key: addressOf(8) }, purchase));
	ids.push(purchaseIdOf({ ...tab, token: addressOf(8) }, purchase));
	expect(new Set(ids).size).toBe(Object.keys(purchase).length + 4);
});

test('error: purchases that do not add up, cost nothing, pay the buyer, or more payees than a settlement takes', () => {
	const book = emptyBook(tab, 0);
	const tip = tipPurchase({ to: addressOf(9), amount: 5n, note: '', salt: saltOf(1) });
	for (const bad of [
		{ ...tip, amount: 6n },
		{ ...tip, amount: 0n, payees: [] },
		{ ...tip, seller: tab.account },
		{ ...tip, seller: zeroAddress },
		{ ...tip, payees: [...tip.payees, { account: addressOf(3), amount: 0n }] },
	])
		expect(() => withPurchase(book, bad)).toThrow(RangeError);
	expect(() => withRefund(book, tip)).toThrow(RangeError);
	let full = book;
	for (let i = 0; i < MAX_PAYEES; i++) full = withPurchase(full, { ...tip, ...tipPurchase({ to: addressOf(100 + i), amount: 1n, note: '', salt: saltOf(i) }) });
	expect(() => withPurchase(full, tip)).toThrow(RangeError);
	expect(withPurchase(full, tipPurchase({ to: addressOf(100), amount: 1n, note: '', salt: saltOf(1) })).payees).toHaveLength(MAX_PAYEES);
});

test('behavior: a purchase twice is two; the same one given back twice is refused', () => {
	const tip = tipPurchase({ to: addressOf(9), amount: 5n, note: '', salt: saltOf(1) });
	const book = withRefund(withPurchase(emptyBook(tab, 0), tip), tip);
	expect(book.state).toMatchObject({ version: 2n, spent: 0n, payees: payeesHash([]) });
	expect(() => withRefund(book, tip)).toThrow(RangeError);
});

test('behavior: what a tab is for', () => {
	expect(isPaidAtOnce(terms)).toBe(true);
	for (const change of [{ shipBySeconds: 1 }, { shippingPrice: 1n }, { returnSeconds: 1 }, { warrantySeconds: 1 }, { shipDate: 1 }])
		expect(isPaidAtOnce({ ...terms, ...change })).toBe(false);
	expect(mostOnTab({ iso: 'USD', decimals: 6 })).toBe(20_000_000n);
	expect(mostOnTab({ iso: null, decimals: 18 })).toBe(10n ** 16n);
	expect([shopOfAccount(shopAccountOf(7n)), shopOfAccount(addressOf(1)), shopOfAccount(zeroAddress)]).toEqual([7n, null, null]);
});

test('error: states and purchases that the contract could not hold, notes that nobody could read', () => {
	const wire = purchaseToWire(tipPurchase({ to: addressOf(9), amount: 5n, note: '', salt: saltOf(1) }));
	const { state } = emptyBook(tab, 0);
	for (const change of [{ amount: (1n << 128n).toString() }, { note: 'a'.repeat(141) }, { note: '\u202Ea' }, { payees: [] }, { more: 1 }])
		expect(() => purchaseFromWire({ ...wire, ...change })).toThrow();
	for (const change of [{ epoch: 2 ** 24 }, { version: '-1' }, { spent: (1n << 128n).toString() }, { closing: 1 }])
		expect(() => tabStateFromWire({ ...tabStateToWire(state), ...change })).toThrow();
});
