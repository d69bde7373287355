import { type Order, orderIdOf, termsToWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { tabSignature } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import { areRulesSettled, isOurs, MARGIN_SECONDS, Remaining, type Rules, requireGoods, requireSound } from './judge.ts';
import type { Intent } from './promise.ts';
import { type OfferRow, type Snapshot, tabId, unitsId } from './snapshot.ts';

const address = (byte: string) => `0x${byte.repeat(20)}` as Address;
const key = privateKeyToAccount(generatePrivateKey());
const NOW = 1_000_000;
const OPERATOR = 3;
const shopId = 7n;
const offerId = ((shopId << 32n) | 1n) << 16n;
const rules: Rules = { feeBps: 0, currencyAllowed: true, arbitratorAllowed: true };
const terms: Order['terms'] = {
	currency: address('c0'),
	unitPrice: 10n,
	shippingPrice: 1n,
	returnShippingPrice: 0n,
	shipDate: 0,
	shipBySeconds: 60,
	confirmBySeconds: 60,
	cancelSeconds: 0,
	returnSeconds: 0,
	warrantySeconds: 0,
	restockingBps: 0,
	warrantyBps: 0,
	affiliateBps: 0,
	remedies: 0,
	arbitrator: address('ad'),
	splits: [],
};

let salt = 0;
async function intentOf(change: Partial<Order> = {}): Promise<Intent> {
	const order: Order = {
		...{ offerId, version: 1, terms, buyer: address('b0'), quantity: 1n, affiliate: address('00'), feeBps: 0 },
		...{ detailsHash: `0x${'00'.repeat(32)}` as Hex, validBefore: BigInt(NOW + 600), salt: `0x${(++salt).toString(16).padStart(64, '0')}` as Hex },
		...change,
	};
	const orderId = orderIdOf(order, 31_337, address('0b'));
	return {
		orderId,
		order,
		termsHash: '0x',
		signature: tabSignature(key.address, await key.sign({ hash: orderId })).toLowerCase() as Hex,
		key: key.address.toLowerCase() as Address,
		total: order.terms.unitPrice * order.quantity + order.terms.shippingPrice,
		offerId: order.offerId.toString(),
		tab: tabId({ account: order.buyer, key: key.address, currency: order.terms.currency }),
	};
}

function world(
	change: { offer?: Partial<OfferRow>; left?: bigint; validUntil?: number; operatorId?: number; shopId?: string | null; units?: bigint } = {},
): Snapshot {
	const offer: OfferRow = {
		...{ offerId: offerId.toString(), listingId: (offerId >> 16n).toString(), version: 1, terms: termsToWire(terms), stock: 5n, perAccount: null },
		pledge: { operatorId: OPERATOR, until: NOW + 600 },
		dealUntil: null,
		...change.offer,
	};
	const tab = {
		...{ account: address('b0'), key: key.address.toLowerCase() as Address, currency: terms.currency, left: change.left ?? 1000n },
		...{ validUntil: change.validUntil ?? NOW + 600, shopId: change.shopId ?? null, operatorId: change.operatorId ?? OPERATOR },
	};
	return {
		offers: new Map([[offer.offerId, offer]]),
		tabs: new Map([[tabId(tab), tab]]),
		placed: new Set(),
		...{ block: 1, decided: 0, decisions: [] },
		units: new Map(change.units === undefined ? [] : [[unitsId(address('b0'), offer.listingId), change.units]]),
	};
}

function judge(intent: Intent, remaining: Remaining, change: { rules?: Rules; sameTerms?: boolean } = {}): string {
	try {
		const offer = requireGoods(intent, remaining);
		requireSound(intent, {
			offer,
			remaining,
			rules: change.rules ?? rules,
			now: NOW,
			operatorId: OPERATOR,
			sameTerms: change.sameTerms ?? true,
			signer: signerOf(intent),
		});
		remaining.take(intent);
		return 'promised';
	} catch (refusal) {
		if (refusal instanceof Refusal) return refusal.code;
		throw refusal;
	}
}

const signerOf = ({ orderId, signature }: Intent) => recoverSigner(orderId, `0x${signature.slice(42)}`);
const nothingElse = () => 0n;

test('default: no more is promised than is there, of goods and of money', async () => {
	const intents = await Promise.all(Array.from({ length: 8 }, () => intentOf()));
	const goods = new Remaining(world(), [], nothingElse);
	expect(intents.map((intent) => judge(intent, goods))).toEqual([...Array(5).fill('promised'), ...Array(3).fill('Catalog_SoldOut')]);
	const money = new Remaining(world({ left: 25n }), [], nothingElse);
	expect(intents.slice(0, 3).map((intent) => judge(intent, money))).toEqual(['promised', 'promised', 'Tabs_OverLimit']);
});

test('behavior: what is held counts until the tables know it, and then no more', async () => {
	const [one, two, three] = await Promise.all([intentOf(), intentOf(), intentOf()]);
	const held = [one, two].map((intent) => ({ intent, receipt: null }));
	expect(new Remaining(world(), held, nothingElse).stockOf(one.offerId)).toBe(3n);
	const known = { ...world(), placed: new Set([one.orderId]) };
	expect(new Remaining(known, held, nothingElse).stockOf(one.offerId)).toBe(4n);
	expect(new Remaining(known, held, nothingElse).moneyOf(one.tab)).toBe(1000n - 11n);
	expect(judge(three, new Remaining(world({ left: 30n }), held, nothingElse))).toBe('Tabs_OverLimit');
	expect(judge(three, new Remaining(world({ left: 30n }), [], () => 20n))).toBe('Tabs_OverLimit');
});

test('error: who got the last piece and asks again has not come too late', async () => {
	const intent = await intentOf();
	const soldOut = world({ offer: { stock: 0n } });
	expect(judge(intent, new Remaining(soldOut, [], nothingElse))).toBe('Catalog_SoldOut');
	expect(judge(intent, new Remaining({ ...soldOut, placed: new Set([intent.orderId]) }, [], nothingElse))).toBe('OrderBook_AlreadyPlaced');
});

test('error: what is bought on the tab itself while intents are judged is not promised a second time', async () => {
	let elsewhere = 0n;
	const remaining = new Remaining(world({ left: 30n }), [], () => elsewhere);
	expect(judge(await intentOf(), remaining)).toBe('promised');
	elsewhere = 10n;
	expect(judge(await intentOf(), remaining)).toBe('Tabs_OverLimit');
});

test('behavior: units of one account are counted with those that are held', async () => {
	const [one, two] = await Promise.all([intentOf(), intentOf({ quantity: 2n })]);
	const offer = { perAccount: 2n };
	expect(judge(two, new Remaining(world({ offer, units: 1n }), [], nothingElse))).toBe('Operator_LimitReached');
	expect(judge(one, new Remaining(world({ offer, units: 1n }), [], nothingElse))).toBe('promised');
	expect(judge(one, new Remaining(world({ offer, units: 1n }), [{ intent: two, receipt: null }], nothingElse))).toBe('Operator_LimitReached');
});

test('error: whatever the contracts would refuse, by their names', async () => {
	const fresh = (change: Parameters<typeof world>[0] = {}) => new Remaining(world(change), [], nothingElse);
	const good = await intentOf();
	const cases: [string, string][] = [
		[judge(good, new Remaining({ ...world(), placed: new Set([good.orderId]) }, [], nothingElse)), 'OrderBook_AlreadyPlaced'],
		[judge(await intentOf({ validBefore: BigInt(NOW + MARGIN_SECONDS - 1) }), fresh()), 'OrderBook_Expired'],
		[judge(await intentOf({ quantity: 0n }), fresh()), 'OrderBook_InvalidQuantity'],
		[judge(await intentOf({ affiliate: address('b0') }), fresh()), 'OrderBook_InvalidAffiliate'],
		[judge(await intentOf({ version: 2 }), fresh()), 'Catalog_TermsMismatch'],
		[judge(good, fresh(), { sameTerms: false }), 'Catalog_TermsMismatch'],
		[judge(await intentOf({ offerId: offerId + 1n }), fresh()), 'Catalog_TermsMismatch'],
		[judge(good, fresh(), { rules: { ...rules, feeBps: 5 } }), 'OrderBook_WrongFee'],
		[judge(good, fresh(), { rules: { ...rules, currencyAllowed: false } }), 'OrderBook_CurrencyNotAllowed'],
		[judge(good, fresh(), { rules: { ...rules, arbitratorAllowed: false } }), 'OrderBook_ArbitratorNotAllowed'],
		[judge(await intentOf({ buyer: address('ad') }), fresh()), 'OrderBook_ArbitratorNotAllowed'],
		[judge(good, fresh({ offer: { pledge: { operatorId: OPERATOR + 1, until: NOW } } })), 'Catalog_Pledged'],
		[judge(good, fresh({ offer: { dealUntil: NOW - 1 } })), 'Catalog_Ended'],
		[judge(await intentOf({ buyer: address('b1') }), fresh()), 'Tabs_NotOpen'],
		[judge(good, fresh({ validUntil: NOW + MARGIN_SECONDS - 1 })), 'Tabs_NotOpen'],
		[judge(good, fresh({ operatorId: OPERATOR + 1 })), 'Tabs_OtherOperator'],
		[judge(good, fresh({ shopId: '8' })), 'Tabs_OtherShop'],
		[judge(good, fresh({ left: 10n })), 'Tabs_OverLimit'],
		[judge({ ...good, signature: `${good.signature.slice(0, -4)}00${good.signature.slice(-2)}` as Hex }, fresh()), 'OrderBook_InvalidSignature'],
		[judge(good, fresh({ shopId: '7' })), 'promised'],
	];
	expect(cases.map(([got]) => got)).toEqual(cases.map(([, wanted]) => wanted));
});

test('behavior: promised is only what nobody else can take while the promise is being kept', () => {
	const offerWith = (pledge: OfferRow['pledge']) => [...world({ offer: { pledge } }).offers.values()][0] as OfferRow;
	expect(isOurs(offerWith({ operatorId: OPERATOR, until: NOW + MARGIN_SECONDS }), OPERATOR, NOW)).toBe(true);
	expect(isOurs(offerWith({ operatorId: OPERATOR, until: NOW + MARGIN_SECONDS - 1 }), OPERATOR, NOW)).toBe(false);
	expect(isOurs(offerWith({ operatorId: OPERATOR + 1, until: NOW + 600 }), OPERATOR, NOW)).toBe(false);
	expect(isOurs(offerWith(null), OPERATOR, NOW)).toBe(false);
});

test('behavior: rules are settled until shortly before anybody may change them', () => {
	const settled = (target: Address, from: number) => areRulesSettled({ ...world(), decisions: [{ target, from }] }, address('9a'), NOW);
	expect(areRulesSettled(world(), address('9a'), NOW)).toBe(true);
	expect([NOW + MARGIN_SECONDS + 1, NOW + MARGIN_SECONDS, NOW - 9].map((from) => settled(address('9a'), from))).toEqual([true, false, false]);
	expect(settled(address('9b'), NOW)).toBe(true);
});
