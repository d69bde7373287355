import type { Relayed } from '@kaishi/protocol/account';
import type { OfferTerms, Order } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { offerIdOf } from '@kaishi/protocol/shop';
import { bytesToHex, type Hex, keccak256, toHex } from 'viem';
import { MarketClient, openShop, ordinaryTerms, publishListing, randomSalt, WalletUser } from '../actors/index.ts';
import { draftOrder } from '../actors/trading.ts';

/** A shop with one listing, and buyers with test money: enough to place orders for hours. */
export interface Stall {
	offerId: bigint;
	terms: OfferTerms;
	seller: WalletUser;
	buyers: WalletUser[];
}

/** An order that the market said was placed. */
export interface Acknowledged {
	orderId: Hex;
	blockNumber: bigint;
	milliseconds: number;
	/** When, by `performance.now()`. */
	at: number;
}

/** Opens a stall with `buyers` buyers, and as many pieces as `stock` says. The same `seed` finds the same people again after a restart. */
export async function openStall(origin: string, options: { buyers: number; seed: string; stock?: number }): Promise<Stall> {
	const keyOf = (name: string) => keccak256(toHex(`${options.seed} ${name}`));
	const seller = new WalletUser(new MarketClient(origin), keyOf('seller'));
	const shopId = await openShop(seller, { slug: `stall-${bytesToHex(crypto.getRandomValues(new Uint8Array(4))).slice(2)}` });
	const terms = await ordinaryTerms(seller, { unitPrice: 10_000n, shippingPrice: 0n });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [options.stock ?? null] });
	const buyers = Array.from({ length: options.buyers }, (_, i) => new WalletUser(new MarketClient(origin), keyOf(`buyer ${i}`)));
	for (const group of chunks(buyers, 10)) await Promise.all(group.map((buyer) => buyer.client.post('/api/faucet', { account: buyer.address })));
	return { offerId: offerIdOf(listingId, 0), terms, seller, buyers };
}

/** One signed order, ready to send. */
export interface SignedOrder {
	buyer: WalletUser;
	order: Order;
	body: Awaited<ReturnType<WalletUser['signAuthorizedOrder']>>;
}

export async function signOrder(stall: Stall, index: number): Promise<SignedOrder> {
	const buyer = stall.buyers[index % stall.buyers.length];
	if (!buyer) throw new Error('a stall without buyers');
	const market = await buyer.client.market();
	const token = market.currencies.find((c) => c.address === stall.terms.currency)?.authorization;
	if (!token) throw new Error('the stall sells for a token without authorizations');
	const validBefore = BigInt(Math.floor(Date.now() / 1000) + market.clockOffset + 3600);
	const order = await draftOrder(buyer, stall, { validBefore, salt: randomSalt() });
	return { buyer, order, body: await buyer.signAuthorizedOrder(order, token) };
}

/** Sends a signed order and measures how long the market takes to acknowledge it. */
export async function sendOrder({ buyer, body }: SignedOrder): Promise<Acknowledged> {
	const started = performance.now();
	const relayed: Relayed = await buyer.client.relay('authorized-order', body);
	const [orderId] = relayed.created.orderIds;
	if (!orderId) throw new Error('acknowledged without an order id');
	const at = performance.now();
	return { orderId, blockNumber: BigInt(relayed.blockNumber), milliseconds: at - started, at };
}

/** Places `perSecond` orders each second, whatever the answers, until stopped. */
export class SteadyLoad {
	readonly acknowledged: Acknowledged[] = [];
	/** Clear refusals by code. */
	readonly refused = new Map<string, number>();
	/** Requests without an answer, as when the market dies. */
	unanswered = 0;
	sent = 0;
	readonly #stall: Stall;
	readonly #perSecond: number;
	readonly #pending = new Set<Promise<void>>();
	#running: Promise<void> | null = null;
	#stopped = false;

	constructor(stall: Stall, perSecond: number) {
		this.#stall = stall;
		this.#perSecond = perSecond;
	}

	start(): void {
		this.#running ??= this.#run();
	}

	/** Stops sending and waits for what is under way. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#running;
		await Promise.all(this.#pending);
	}

	async #run(): Promise<void> {
		const started = performance.now();
		while (!this.#stopped) {
			const due = ((performance.now() - started) / 1000) * this.#perSecond;
			if (this.sent >= due) {
				await new Promise((resolve) => setTimeout(resolve, 1000 / this.#perSecond / 2));
				continue;
			}
			const signed = await signOrder(this.#stall, this.sent++).catch(() => null);
			if (signed) this.#send(signed);
			else this.unanswered++;
		}
	}

	#send(signed: SignedOrder): void {
		const sending = sendOrder(signed)
			.then((done) => {
				this.acknowledged.push(done);
			})
			.catch((error: unknown) => {
				if (error instanceof Refusal) this.refused.set(error.code, (this.refused.get(error.code) ?? 0) + 1);
				else this.unanswered++;
			})
			.finally(() => this.#pending.delete(sending));
		this.#pending.add(sending);
	}
}

export function chunks<T>(items: T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
