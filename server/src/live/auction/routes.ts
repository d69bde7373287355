import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { type AuctionReads, type AuctionView, type Bid, bidDigest, placeBid, showBid } from '@kaishi/protocol/live';
import { detailsHashOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { type Address, encodeFunctionData, type Hex, isAddressEqual } from 'viem';
import { forgetWaiting, storeWaiting } from '../../order/public.ts';
import { recoverSigner } from '../../platform/crypto/secp256k1.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { isStorable } from '../../platform/db/storable.ts';
import { addressText, idText, parseBody, parseOrRefuse, parseQuery } from '../../platform/http/parse.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { deliveryPlace } from './jobs.ts';

export interface AuctionRoutesContext {
	db: Queryable;
	reads: AuctionReads;
	/** Where bids are signed for. */
	place: { chainId: number; auctions: Address };
	/** A call of the auctions that anyone may make; the operator pays for it. */
	send(data: Hex): Promise<unknown>;
	clientOf(c: Context): string;
}

/** A key in one auction: somebody bidding by hand, as fast as a thumb. */
const BIDS = { burst: 20, perSecond: 2 };
/** An address, whosever bids it brings. */
const ASKS = { burst: 60, perSecond: 10 };

const listQuery = v.object({ listing: idText });
const auctionId = v.pipe(v.string(), v.regex(/^[1-9]\d{0,17}$/));

/** /auctions/*, to be mounted at /api. Public, as events are; bids are allowed by their key's signature. */
export function auctionRoutes(context: AuctionRoutesContext): Hono {
	const { reads } = context;
	const [requireBid, mayAsk] = [createBidGuard(context.place), createRateLimiter(ASKS)];
	const app = new Hono();
	const found = async (id: string): Promise<AuctionView> => {
		const auction = await reads.auction(id);
		if (auction === null) throw new Refusal('Auctions_NotRunning', 'notFound');
		return auction;
	};
	const idOf = (c: Context) => parseOrRefuse(auctionId, c.req.param('id'));
	const send = async (c: Context, id: string, data: Hex) => {
		await context.send(data);
		return c.json(await found(id));
	};

	/** The details are there before the bid can stand: whoever wins is delivered to, whatever fails meanwhile. */
	const keptFor = async <T>(id: string, note: { hash: Hex; salt: Hex; body: unknown }, make: () => Promise<T>): Promise<T> => {
		await found(id);
		const isNew = await storeWaiting(context.db, deliveryPlace(id), note);
		try {
			return await make();
		} catch (error) {
			// Of what was surely refused nothing is kept; what came before belongs to another bid.
			if (isNew && error instanceof Refusal && error.kind !== 'unavailable') await forgetWaiting(context.db, deliveryPlace(id), note.hash);
			throw error;
		}
	};

	app.get('/auctions', async (c) => c.json(await reads.auctionsOf(parseQuery(listQuery, c).listing)));
	app.get('/auctions/:id', async (c) => c.json(await found(idOf(c))));
	app.get('/accounts/:address/purses', async (c) => c.json(await reads.pursesOf(parseOrRefuse(addressText, c.req.param('address')))));
	app.post('/auctions/:id/bids', async (c) => {
		mayAsk(context.clientOf(c));
		const id = idOf(c);
		const { signature, delivery, ...body } = await parseBody(placeBid, c);
		const bid = { auctionId: BigInt(id), ...body };
		requireBid(bid, signature);
		const hash = delivery ? detailsHashOf(delivery.details, delivery.salt) : null;
		if (hash !== null && (hash !== bid.detailsHash || !isStorable(delivery))) throw new Refusal('Request_Invalid', 'invalid', { field: 'delivery' });
		const call = () => send(c, id, encodeFunctionData({ abi: auctionsAbi, functionName: 'bid', args: [bid, signature] }));
		return delivery && hash !== null ? keptFor(id, { hash, salt: delivery.salt, body: delivery.details }, call) : call();
	});
	app.post('/auctions/:id/reveals', async (c) => {
		mayAsk(context.clientOf(c));
		const id = idOf(c);
		const { account, amount, salt } = await parseBody(showBid, c);
		return send(c, id, encodeFunctionData({ abi: auctionsAbi, functionName: 'reveal', args: [BigInt(id), account, amount, salt] }));
	});
	return app;
}

/** Bids whose signatures anybody can read on the chain, and bring again. Forgetting the oldest beyond this bounds memory. */
const MAX_KNOWN = 50_000;

/**
 * Nobody uses up what a key may: it counts only what that key has signed, and each of its bids once, whoever brings it how often.
 * Throws `Refusal`.
 */
function createBidGuard({ chainId, auctions }: AuctionRoutesContext['place']): (bid: Bid, signature: Hex) => void {
	const mayBid = createRateLimiter(BIDS);
	const known = new Set<Hex>();
	return (bid, signature) => {
		const digest = bidDigest(bid, chainId, auctions);
		const signer = recoverSigner(digest, signature);
		if (signer === null || !isAddressEqual(signer, bid.key)) throw new Refusal('Auctions_InvalidSignature', 'forbidden', { signer: bid.key });
		if (known.has(digest)) return;
		mayBid(`${bid.key}/${bid.auctionId}`);
		known.add(digest);
		if (known.size > MAX_KNOWN) known.delete(known.values().next().value as Hex);
	};
}
