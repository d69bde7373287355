import type { OrderProof } from '@kaishi/protocol/discovery';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderIdOf, termsToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { listingIdOf, offerIdOf } from '@kaishi/protocol/shop';
import { encodeAbiParameters, encodeEventTopics, encodeFunctionResult, type Hex, hexToBytes, keccak256, numberToHex, pad, zeroAddress, zeroHash } from 'viem';
import { expect, test } from 'vitest';
import type { Rpc } from '#platform/api/json-rpc.ts';
import { type Check, verifyOrder } from './verify-order.ts';

const chainId = 1337;
const orderBook = '0x00000000000000000000000000000000000000b0';
const catalog = '0x00000000000000000000000000000000000000c0';
const buyer = '0x00000000000000000000000000000000000000aa';
const market = { chainId, contracts: { orderBook, catalog } } as unknown as Parameters<typeof verifyOrder>[1];

const terms: Order['terms'] = {
	currency: zeroAddress,
	unitPrice: 100n,
	shippingPrice: 7n,
	shipBySeconds: 10,
	confirmBySeconds: 7200,
	cancelSeconds: 5,
	returnSeconds: 0,
	returnShippingPrice: 0n,
	shipDate: 0,
	warrantySeconds: 0,
	restockingBps: 0,
	warrantyBps: 0,
	remedies: 0,
	affiliateBps: 0,
	arbitrator: buyer,
	splits: [{ recipient: buyer, bps: 1000 }],
};
const listingId = listingIdOf(1n, 2n);
const order: Order = {
	offerId: offerIdOf(listingId, 0),
	version: 1,
	terms,
	buyer,
	quantity: 2n,
	affiliate: zeroAddress,
	feeBps: 0,
	detailsHash: zeroHash,
	validBefore: 99n,
	salt: pad('0x01'),
};
const orderId = orderIdOf(order, chainId, orderBook);
const content = toCanonicalHex({ title: { en: 'Cup' } });

type Log = OrderProof['steps'][number]['raw'];

function logOf(abi: readonly { type: string; name?: string }[], address: Hex, eventName: string, args: Record<string, unknown>): Log {
	const item = abi.find((i) => i.type === 'event' && i.name === eventName) as unknown as { inputs: { name: string; indexed: boolean; type: string }[] };
	const plain = item.inputs.filter((i) => !i.indexed);
	return {
		address,
		topics: encodeEventTopics({ abi: [item] as never, args } as never) as Hex[],
		data: encodeAbiParameters(plain as never, plain.map((i) => args[i.name]) as never),
	};
}

/** A sale in three blocks, and a node that tells it as it was. */
function sale() {
	const placed = {
		orderId,
		offerId: order.offerId,
		buyer,
		version: 1,
		quantity: 2n,
		affiliate: zeroAddress,
		feeBps: 0,
		total: 207n,
		deadline: 50,
		detailsHash: zeroHash,
		validBefore: 99n,
		salt: order.salt,
	};
	const blocks = [
		{
			event: 'ListingPublished',
			logs: [logOf(catalogAbi, catalog, 'ListingPublished', { listingId, shopId: 1n, version: 1, content, terms: [termsToAbi(terms)], stocks: [5] })],
		},
		{ event: 'OrderPlaced', logs: [logOf(orderBookAbi, orderBook, 'OrderPlaced', placed)] },
		{
			event: 'OrderCompleted',
			logs: [
				logOf(orderBookAbi, orderBook, 'OrderCompleted', { orderId, by: buyer, sellerAmount: 187n }),
				logOf(orderBookAbi, orderBook, 'SharePaid', { orderId, account: buyer, amount: 20n }),
			],
		},
	];
	const hashOf = (kind: string, i: number): Hex => pad(numberToHex((kind === 'block' ? 100 : 200) + i));
	const proofs = blocks.map(({ event, logs }, i) => ({
		raw: structuredClone(logs[0]) as Log,
		proof: {
			blockNumber: String(i + 1),
			blockHash: hashOf('block', i),
			transactionHash: hashOf('tx', i),
			logIndex: 0,
			timestamp: 1000 + i,
			contract: logs[0]?.address as Hex,
			event,
		},
	}));
	const [listing, ...steps] = proofs;
	const proof: OrderProof = {
		orderId,
		state: 'completed',
		steps,
		listing: {
			listingId: listingId.toString(),
			version: 1,
			proof: listing?.proof as never,
			content: new TextDecoder().decode(hexToBytes(content)),
			contentHash: keccak256(content),
		},
		typedData: { domain: {}, message: {} },
	};
	const rpc: Rpc = async <T>(method: string, params: readonly unknown[]) => {
		const answer = (): unknown => {
			if (method === 'eth_chainId') return numberToHex(chainId);
			if (method === 'eth_call') return encodeFunctionResult({ abi: orderBookAbi, functionName: 'stateOf', result: [4, 0, 1] });
			const i = blocks.findIndex((_, n) => (method === 'eth_getBlockByNumber' ? numberToHex(n + 1) === params[0] : hashOf('tx', n) === params[0]));
			if (i < 0) return null;
			if (method === 'eth_getBlockByNumber') return { hash: hashOf('block', i), number: numberToHex(i + 1), timestamp: numberToHex(1000 + i) };
			return {
				status: '0x1',
				blockHash: hashOf('block', i),
				blockNumber: numberToHex(i + 1),
				logs: blocks[i]?.logs.map((l, n) => ({ ...l, logIndex: numberToHex(n) })),
			};
		};
		return answer() as T;
	};
	return { proof, rpc, blocks };
}

async function failedKinds(proof: OrderProof, rpc: Rpc): Promise<Check['kind'][]> {
	const checks = await Array.fromAsync(verifyOrder(proof, market, rpc));
	return checks.filter((c) => !c.ok).map((c) => c.kind);
}

test('default: an honest server passes every check', async () => {
	const { proof, rpc } = sale();
	const checks = await Array.fromAsync(verifyOrder(proof, market, rpc));
	expect(checks.filter((c) => !c.ok)).toEqual([]);
	expect(new Set(checks.map((c) => c.kind))).toEqual(new Set(['chain', 'block', 'log', 'content', 'orderId', 'terms', 'state', 'money']));
	expect(checks.at(-1)).toMatchObject({ kind: 'money', found: '207 → 207' });
});

test('error: each lie is caught by its own check', async () => {
	const { proof, rpc } = sale();
	const lie = (change: (p: OrderProof) => void) => {
		const copy = structuredClone(proof);
		change(copy);
		return failedKinds(copy, rpc);
	};
	expect(
		await lie((p) => {
			p.state = 'refunded';
		}),
	).toEqual(['state']);
	expect(
		await lie((p) => {
			p.listing.content = '{"title":{"en":"Gold"}}';
		}),
	).toEqual(['content']);
	expect(
		await lie((p) => {
			p.orderId = pad('0x02');
		}),
	).toContain('orderId');
	expect(
		await lie((p) => {
			(p.steps[0] as OrderProof['steps'][number]).proof.timestamp += 1;
		}),
	).toEqual(['block']);
	expect(
		await lie((p) => {
			p.listing.version = 2;
		}),
	).toEqual(['terms']);
	expect(
		await lie((p) => {
			(p.steps[1] as OrderProof['steps'][number]).raw.data = '0x00';
		}),
	).toContain('log');
});

test('error: an invented transaction', async () => {
	const { proof, rpc } = sale();
	(proof.steps[0] as OrderProof['steps'][number]).proof.transactionHash = pad('0x09');
	expect(await failedKinds(proof, rpc)).toEqual(expect.arrayContaining(['log', 'orderId', 'money']));
});

test('error: money that went missing at the end', async () => {
	const { proof, rpc, blocks } = sale();
	blocks[2]?.logs.pop();
	expect(await failedKinds(proof, rpc)).toEqual(['money']);
});
