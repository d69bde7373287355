import { detailsHashOf, type Order } from '@kaishi/protocol/order';
import { keccak256, stringToBytes, zeroAddress } from 'viem';
import type { Market } from '../../../server/src/main/index.ts';
import { buy, cancel, confirm, disputeWithReason, refund, reply, review, rule, shipWithTracking, WalletUser } from '../actors/index.ts';
import type { Cast } from './cast.ts';
import type { Both } from './data/goods.ts';
import { carriers, complaints, disputeReasons, middling, ofBuyers, praise, thanks } from './data/words.ts';
import { createRandom } from './drawing/random.ts';
import { InProcessClient } from './in-process-client.ts';
import { personaOf } from './personas.ts';
import type { Plot } from './plot.ts';
import type { Shelf } from './stock-shop.ts';

/** One thing somebody does on one day of the world's past. */
export interface Scene {
	day: number;
	/** Scenes of one thread that fall together are played in their order. */
	thread: string;
	play(): Promise<unknown>;
}

/** Turns an order's plot into scenes; each uses what the earlier ones brought about. */
export function scenesOf(plot: Plot, shelf: Shelf, variant: number, context: { market: Market; cast: Cast }): Scene[] {
	const { market, cast } = context;
	const random = createRandom(`scenes ${plot.index}`);
	const seller = shelf.shop.owner;
	const offer = shelf.offers[variant];
	if (!offer) throw new RangeError('no such variant');
	const [buyerIndex, sellerIndex] = [personaOf(plot.buyer).writes === 'en' ? 0 : 1, personaOf(seller).writes === 'en' ? 0 : 1];
	const quantity = offer.left > 20 && random.chance(0.2) ? 2n : 1n;
	let order: Order | null = null;
	const agreed = (): Order => {
		if (!order) throw new Error(`order ${plot.index} was never placed`);
		return order;
	};
	const say = (texts: readonly Both[], language: number) => random.pick(texts)[language] as string;
	const scenes: Scene[] = [];
	const on = (day: number | undefined, play: () => Promise<unknown>) => {
		if (day !== undefined) scenes.push({ day, thread: `order ${plot.index}`, play });
	};

	on(plot.placedOn, () =>
		cast.inTurn(plot.buyer, async (buyer) => {
			const digital = shelf.goods.kind === 'digital';
			const details = { ...personaOf(plot.buyer).home, name: personaOf(plot.buyer).name, note: '' };
			const salt = keccak256(stringToBytes(`details ${plot.index}`));
			const bought = await buy(
				buyer,
				{ ...offer, quantity },
				{ salt: keccak256(stringToBytes(`order ${plot.index}`)), ...(digital ? {} : { detailsHash: detailsHashOf(details, salt) }) },
			);
			order = bought.order;
			if (!digital) await buyer.client.post(`/api/orders/${bought.orderId}/delivery`, { details, salt });
		}),
	);
	if (offer.terms.shipBySeconds > 0)
		on(plot.shippedOn, async () => {
			const owner = await cast.signedIn(seller);
			const note = { carrier: random.pick(carriers), number: `KS${String(26_000_000 + plot.index * 7919)}` };
			return cast.inTurn(seller, () => shipWithTracking(owner, agreed(), note));
		});
	on(plot.cancelledOn, () => cast.inTurn(plot.buyer, (buyer) => cancel(buyer, agreed())));
	on(plot.refundedOn, () => cast.inTurn(seller, (owner) => refund(owner, agreed())));
	on(plot.disputedOn, async () => {
		const buyer = await cast.signedIn(plot.buyer);
		return cast.inTurn(plot.buyer, () => disputeWithReason(buyer, agreed(), disputeReasons[plot.index % disputeReasons.length]?.[buyerIndex] ?? ''));
	});
	on(plot.ruledOn, () => rule(arbitratorOf(market), agreed(), plot.buyerBps ?? 5000));
	on(plot.confirmedOn, () => cast.inTurn(plot.buyer, (buyer) => confirm(buyer, agreed())));
	const rating = plot.rating ?? 5;
	const words = rating >= 4 ? [...(praise[shelf.goods.category] ?? []), ...(random.chance(0.4) ? praise.any : [])] : rating === 3 ? middling : complaints;
	on(plot.reviewedOn, () =>
		cast.inTurn(plot.buyer, (buyer) => review(buyer, agreed(), { ofSeller: true, rating, text: say(words.length > 0 ? words : praise.any, buyerIndex) })),
	);
	const answers = rating >= 4 ? thanks.slice(0, 3) : thanks.slice(3);
	on(plot.repliedOn, () => cast.inTurn(seller, (owner) => reply(owner, agreed(), { ofSeller: true, text: say(answers, sellerIndex) })));
	on(plot.praisedOn, () => cast.inTurn(seller, (owner) => review(owner, agreed(), { ofSeller: false, rating: 5, text: say(ofBuyers, sellerIndex) })));
	return scenes;
}

const arbitratorOf = (market: Market) => new WalletUser(new InProcessClient(market), market.keys.arbitrator.privateKey);

/** Native coin only from those who hold it as a passkey account does: wallets would have to send a transaction of their own. */
export const paysNative = (shelf: Shelf, variant: number) => shelf.offers[variant]?.terms.currency === zeroAddress;
