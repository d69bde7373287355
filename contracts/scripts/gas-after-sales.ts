import { keccak256, type TransactionReceipt } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { DAY, type Market } from './market.ts';
import type { OfferTerms, Order } from './orders.ts';

const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);
const NOTE = keccak256('0x01');

/** What comes after the sale, one transaction each, and the whole way of a dispute that the sides settle between them. */
export async function afterSales(market: Market, buyer: PrivateKeyAccount) {
	const terms = market.terms({ restockingBps: 1000, returnShippingPrice: 1_000_000n, remedies: 3, warrantySeconds: 30 * DAY, warrantyBps: 1000 });
	const scene = { market, buyer, terms, offerId: await market.publish(terms, 1_000_000) };
	return {
		afterSales: { ...(await returned(scene)), ...(await exchanged(scene)), ...(await warranted(scene)), ...(await asked(scene)) },
		settlement: await settlement(scene),
	};
}

interface Scene {
	market: Market;
	buyer: PrivateKeyAccount;
	terms: OfferTerms;
	offerId: bigint;
}

async function placed({ market, buyer, terms, offerId }: Scene): Promise<Order> {
	const order = market.order(offerId, terms, buyer.address);
	await market.chain.write(buyer.address, market.orderBook, 'placeOrder', [order]);
	return order;
}

async function shipped(scene: Scene): Promise<Order> {
	const order = await placed(scene);
	await scene.market.chain.write(scene.market.seller, scene.market.orderBook, 'ship', [order, NOTE]);
	return order;
}

/** A return without reason, step by step. */
async function returned(scene: Scene) {
	const { market, buyer } = scene;
	const order = await shipped(scene);
	return {
		acknowledge: await gas(market.perform(buyer.address, order, 'acknowledge')),
		requestReturnByRight: await gas(market.perform(buyer.address, order, 'requestReturn', NOTE)),
		sendBack: await gas(market.perform(buyer.address, order, 'sendBack', NOTE)),
		acceptReturn: await gas(market.perform(market.seller, order, 'acceptReturn')),
	};
}

async function exchanged(scene: Scene) {
	const { market, buyer } = scene;
	const order = await shipped(scene);
	await market.perform(buyer.address, order, 'acknowledge');
	const requestExchangeByRight = await gas(market.perform(buyer.address, order, 'requestExchange', NOTE));
	await market.perform(buyer.address, order, 'sendBack', NOTE);
	const acceptForExchange = await gas(market.perform(market.seller, order, 'acceptReturn'));
	return { requestExchangeByRight, acceptForExchange, shipReplacement: await gas(market.chain.write(market.seller, market.orderBook, 'ship', [order, NOTE])) };
}

async function warranted(scene: Scene) {
	const { market, buyer } = scene;
	const { chain, orderBook } = market;
	const [claimed, released] = [await shipped(scene), await shipped(scene)];
	const confirmUnderWarranty = await gas(chain.write(buyer.address, orderBook, 'confirm', [claimed]));
	await chain.write(buyer.address, orderBook, 'confirm', [released]);
	const warrantyClaim = await gas(market.perform(buyer.address, claimed, 'requestRefund', NOTE, 10_000));
	return {
		confirmUnderWarranty,
		warrantyClaim,
		grantClaim: await gas(market.perform(market.seller, claimed, 'grant')),
		releaseReserve: await gas(chain.write(buyer.address, orderBook, 'confirm', [released])),
	};
}

async function asked(scene: Scene) {
	const { market, buyer } = scene;
	const order = await shipped(scene);
	return {
		requestPartOfTheMoney: await gas(market.perform(buyer.address, order, 'requestRefund', NOTE, 2500)),
		grantPartOfTheMoney: await gas(market.perform(market.seller, order, 'grant')),
	};
}

/** An order that ends by an offer of one side, which costs nothing to sign, and its acceptance by the other. */
async function settlement({ market, buyer }: Scene) {
	const { chain, orderBook } = market;
	const terms = market.terms();
	const order = market.order(await market.publish(terms, 1_000_000), terms, buyer.address);
	const place = await gas(chain.write(buyer.address, orderBook, 'placeOrder', [order]));
	const ship = await gas(chain.write(market.seller, orderBook, 'ship', [order, NOTE]));
	const offer = await market.signOffer(market.keys.seller, order, 3000);
	const acceptOffer = await gas(chain.write(buyer.address, orderBook, 'settle', [order, offer]));
	return { place, acceptOffer, placeAndAccept: place + acceptOffer, placeShipAndAccept: place + ship + acceptOffer };
}
