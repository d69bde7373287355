import type { MarketInfo, OrderProof } from '@kaishi/protocol/discovery';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderIdOf, orderStates, termsFromAbi } from '@kaishi/protocol/order';
import type { Proof } from '@kaishi/protocol/platform/proof';
import { listingOfOffer, variantOfOffer } from '@kaishi/protocol/shop';
import { decodeEventLog, decodeFunctionResult, encodeFunctionData, type Hex, hexToBytes, keccak256 } from 'viem';
import { type Rpc, RpcUnreachable } from '#platform/api/json-rpc.ts';

/** One fact, asked of the chain by this browser alone and compared with what the server said. */
export interface Check {
	kind: 'chain' | 'log' | 'block' | 'orderId' | 'terms' | 'content' | 'state' | 'money';
	/** The event it is about, where it is about one. */
	event?: string;
	ok: boolean;
	/** As the server says. */
	said: string;
	/** As the chain says, or why it could not be read. */
	found: string;
}

interface RawLog {
	address: Hex;
	topics: Hex[];
	data: Hex;
	logIndex: Hex;
}
interface Receipt {
	status: Hex;
	blockHash: Hex;
	blockNumber: Hex;
	logs: RawLog[];
}
/** Logs as this browser got them from the chain, never from the server. */
interface Fetched {
	steps: Map<string, { log: RawLog; receipt: Receipt }>;
	/** Of every step, by transaction. */
	receipts: Map<Hex, Receipt>;
	listing: RawLog | null;
}

type Market = Pick<MarketInfo, 'chainId' | 'contracts'>;

/**
 * Repeats everything the server claims about an order with nothing but the chain's JSON-RPC. Yields each check as it is done.
 * Throws `RpcUnreachable`, or `Error` with the node's own words.
 */
export async function* verifyOrder(proof: OrderProof, market: Market, rpc: Rpc): AsyncGenerator<Check> {
	const fetched: Fetched = { steps: new Map(), receipts: new Map(), listing: null };
	const chainId = BigInt(await rpc<Hex>('eth_chainId', []));
	yield { kind: 'chain', ok: chainId === BigInt(market.chainId), said: String(market.chainId), found: String(chainId) };

	yield* checkLog(proof.listing.proof, null, market.contracts.catalog, rpc, (log) => {
		fetched.listing = log;
	});
	for (const step of proof.steps) {
		yield* checkLog(step.proof, step.raw, market.contracts.orderBook, rpc, (log, receipt) => {
			fetched.steps.set(step.proof.event, { log, receipt });
			fetched.receipts.set(step.proof.transactionHash, receipt);
		});
	}
	yield checkContent(proof, fetched);
	const order = rebuildOrder(fetched);
	yield checkOrderId(proof, order, Number(chainId), market.contracts.orderBook);
	yield checkTerms(proof, fetched, order);
	yield await checkState(proof, market.contracts.orderBook, rpc);
	yield checkMoney(proof, fetched, order);
}

/** The log stands in that transaction's receipt, in that block, at that time, sent by the contract that the market names. */
async function* checkLog(
	proof: Proof,
	raw: OrderProof['steps'][number]['raw'] | null,
	contract: Hex,
	rpc: Rpc,
	keep: (log: RawLog, receipt: Receipt) => void,
): AsyncGenerator<Check> {
	const receipt = await rpc<Receipt | null>('eth_getTransactionReceipt', [proof.transactionHash]);
	const log = receipt?.logs.find((l) => Number(l.logIndex) === proof.logIndex);
	const said = raw ? digestOf(raw) : `${contract.toLowerCase()} #${proof.logIndex}`;
	if (!receipt || !log) {
		yield { kind: 'log', event: proof.event, ok: false, said, found: '–' };
		return;
	}
	const found = raw ? digestOf(log) : `${log.address.toLowerCase()} #${Number(log.logIndex)}`;
	const ok = said === found && sameHex(log.address, contract) && BigInt(receipt.status) === 1n;
	yield { kind: 'log', event: proof.event, ok, said, found };
	if (ok) keep(log, receipt);

	const block = await rpc<{ hash: Hex; number: Hex; timestamp: Hex } | null>('eth_getBlockByNumber', [`0x${BigInt(proof.blockNumber).toString(16)}`, false]);
	const foundBlock = block ? `${BigInt(block.number)} · ${block.hash} · ${Number(block.timestamp)}` : '–';
	const saidBlock = `${proof.blockNumber} · ${proof.blockHash} · ${proof.timestamp}`;
	yield { kind: 'block', event: proof.event, ok: saidBlock === foundBlock && sameHex(receipt.blockHash, proof.blockHash), said: saidBlock, found: foundBlock };
}

/** What the buyer saw is what the seller put on the chain. */
function checkContent(proof: OrderProof, fetched: Fetched): Check {
	const said = proof.listing.contentHash;
	const args = fetched.listing && decodeListing(fetched.listing);
	if (!args) return { kind: 'content', event: 'ListingPublished', ok: false, said, found: '–' };
	const found = keccak256(args.content);
	const sameText = new TextDecoder().decode(hexToBytes(args.content)) === proof.listing.content;
	return { kind: 'content', event: 'ListingPublished', ok: sameText && sameHex(found, said), said, found };
}

/** The order's id is the EIP-712 digest of terms and purchase, put together from the two logs alone. */
function checkOrderId(proof: OrderProof, order: Order | null, chainId: number, orderBook: Hex): Check {
	const found = order ? orderIdOf(order, chainId, orderBook) : '–';
	return { kind: 'orderId', event: 'OrderPlaced', ok: sameHex(found, proof.orderId), said: proof.orderId, found };
}

/** The terms in the order are those of the version that was on sale. */
function checkTerms(proof: OrderProof, fetched: Fetched, order: Order | null): Check {
	const placed = placedArgs(fetched);
	const listing = fetched.listing && decodeListing(fetched.listing);
	const said = `${proof.listing.listingId} v${proof.listing.version}`;
	const found = placed && listing && order ? `${listing.listingId} v${placed.version}` : '–';
	const ok = found === said && placed?.version === listing?.version && order !== null && listingOfOffer(order.offerId) === listing?.listingId;
	return { kind: 'terms', event: 'ListingPublished', ok, said, found };
}

async function checkState(proof: OrderProof, orderBook: Hex, rpc: Rpc): Promise<Check> {
	const data = encodeFunctionData({ abi: orderBookAbi, functionName: 'stateOf', args: [proof.orderId] });
	try {
		const answer = await rpc<Hex>('eth_call', [{ to: orderBook, data }, 'latest']);
		const [state] = decodeFunctionResult({ abi: orderBookAbi, functionName: 'stateOf', data: answer });
		const found = orderStates[state] ?? String(state);
		return { kind: 'state', ok: found === proof.state, said: proof.state, found };
	} catch (error) {
		if (error instanceof RpcUnreachable) throw error;
		return { kind: 'state', ok: false, said: proof.state, found: error instanceof Error ? (error.message.split('\n')[0] ?? '') : '–' };
	}
}

/** What came in is what was agreed, and at the end exactly that went out again. */
function checkMoney(proof: OrderProof, fetched: Fetched, order: Order | null): Check {
	const placed = placedArgs(fetched);
	if (!order || !placed) return { kind: 'money', ok: false, said: '–', found: '–' };
	const agreed = order.terms.unitPrice * order.quantity + order.terms.shippingPrice;
	const paidOut = sumPaidOut(proof, fetched);
	const ok = placed.total === agreed && (paidOut === null || paidOut === agreed);
	return { kind: 'money', ok, said: String(agreed), found: paidOut === null ? String(placed.total) : `${placed.total} → ${paidOut}` };
}

/** Sum of everything paid out by all steps, a warranty reserve on its own; null while the order is open. */
function sumPaidOut(proof: OrderProof, fetched: Fetched): bigint | null {
	if (!['OrderCompleted', 'OrderRefunded', 'OrderRuled', 'OrderSettled'].some((event) => fetched.steps.has(event))) return null;
	let sum = 0n;
	for (const log of [...fetched.receipts.values()].flatMap((receipt) => receipt.logs)) {
		if (!sameHex(log.topics[1] ?? '0x', proof.orderId)) continue;
		const event = decodeOrderLog(log);
		if (event?.eventName === 'OrderCompleted' || event?.eventName === 'OrderWarranted') sum += event.args.sellerAmount;
		if (event?.eventName === 'OrderRefunded') sum += event.args.amount + event.args.kept;
		if (event?.eventName === 'SharePaid') sum += event.args.amount;
		if (event?.eventName === 'OrderRuled' || event?.eventName === 'OrderSettled') sum += event.args.buyerAmount + event.args.sellerAmount;
	}
	return sum;
}

function rebuildOrder(fetched: Fetched): Order | null {
	const placed = placedArgs(fetched);
	const listing = fetched.listing && decodeListing(fetched.listing);
	const terms = placed && listing?.terms[variantOfOffer(placed.offerId)];
	if (!placed || !terms) return null;
	const { offerId, version, buyer, quantity, affiliate, feeBps, detailsHash, validBefore, salt } = placed;
	return { offerId, version, terms: termsFromAbi(terms), buyer, quantity, affiliate, feeBps, detailsHash, validBefore, salt };
}

function placedArgs(fetched: Fetched) {
	const step = fetched.steps.get('OrderPlaced');
	const event = step && decodeOrderLog(step.log);
	return event?.eventName === 'OrderPlaced' ? event.args : null;
}

function decodeOrderLog(log: RawLog) {
	try {
		return decodeEventLog({ abi: orderBookAbi, topics: log.topics as [Hex, ...Hex[]], data: log.data });
	} catch {
		// Another contract's event in the same transaction.
		return null;
	}
}

function decodeListing(log: RawLog) {
	try {
		return decodeEventLog({ abi: catalogAbi, eventName: 'ListingPublished', topics: log.topics as [Hex, ...Hex[]], data: log.data }).args;
	} catch {
		return null;
	}
}

const sameHex = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A short name for a raw log that differs when any of its parts differs. */
function digestOf(log: { address: Hex; topics: Hex[]; data: Hex }): string {
	const text = [log.address, ...log.topics, log.data].join(' ').toLowerCase();
	return keccak256(new TextEncoder().encode(text));
}
