import { type Receipt, receiptDigester } from '@kaishi/protocol/operator';
import { type Address, type Hex, isAddressEqual, recoverAddress } from 'viem';
import type { Door, Intent } from '../world/intents.ts';
import type { Offer } from '../world/offers.ts';
import type { Answer } from './answers.ts';
import type { ChainTruth, PlacedOnChain } from './chain-truth.ts';
import { checkMoney } from './check-money.ts';

/** Everything that was asked, said and done in one race. */
export interface Race {
	door: Door;
	chainId: number;
	operators: Address;
	offers: readonly Pick<Offer, 'offerId' | 'shopId' | 'stock'>[];
	/** Answers in the order of the intents. */
	intents: readonly Intent[];
	answers: readonly Answer[];
	/** What the chain said before the first and after the last. */
	before: ChainTruth;
	after: ChainTruth;
}

export interface Verdict {
	/** Orders on the chain. */
	sold: number;
	/** Clear refusals by code. */
	refused: Record<string, number>;
	/** Promises that were not kept. */
	lost: string[];
	/** What was sold or promised twice. */
	doubled: string[];
	/** Whatever else is not as it must be. */
	problems: string[];
}

/** Holds what buyers were told against what the chain did. */
export async function checkRace(race: Race): Promise<Verdict> {
	const placed = new Map(race.after.placed.map((order) => [order.orderId, order]));
	return {
		sold: race.after.placed.length,
		refused: countRefusals(race.answers),
		lost: findLost(race, placed),
		doubled: findDoubled(race),
		problems: [...checkAnswers(race, placed), ...(await checkReceipts(race)), ...checkStock(race), ...checkMoney(race)],
	};
}

function countRefusals(answers: readonly Answer[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const answer of answers) if (answer.kind === 'refused') counts[answer.code] = (counts[answer.code] ?? 0) + 1;
	return counts;
}

function findLost({ answers }: Race, placed: ReadonlyMap<Hex, PlacedOnChain>): string[] {
	return answers.flatMap((answer) => {
		if (answer.kind !== 'promised' && answer.kind !== 'placed') return [];
		const order = placed.get(answer.orderId);
		if (!order) return [`${answer.orderId} was ${answer.kind} and is not on the chain`];
		if (answer.kind === 'promised' && order.blockNumber > answer.receipt.byBlock)
			return [`${answer.orderId} was promised by block ${answer.receipt.byBlock} and came in ${order.blockNumber}`];
		return [];
	});
}

function findDoubled({ answers, after, intents, offers }: Race): string[] {
	const receipts = answers.flatMap((answer) => (answer.kind === 'promised' ? [answer.receipt] : []));
	const unlimited = new Set(offers.filter(({ stock }) => stock === null).map(({ offerId }) => offerId));
	const bought = after.placed.map(({ buyer, offerId }) => `${buyer.toLowerCase()} bought of offer ${offerId}`);
	const wanted = intents.filter(({ forged }) => !forged).map(({ order }) => `${order.buyer.toLowerCase()} bought of offer ${order.offerId}`);
	return [
		...twice(bought, wanted),
		...twice(receipts.map(({ position }) => `position ${position} was given`)),
		...twice(receipts.filter(({ offerId }) => !unlimited.has(offerId)).flatMap(piecesOf)),
	];
}

const piecesOf = ({ offerId, piece, quantity }: Receipt): string[] =>
	Array.from({ length: Number(quantity) }, (_, i) => `piece ${piece - BigInt(i)} of offer ${offerId} was promised`);

/** Those that occur more than once, or more often than in `allowed`. */
function twice(facts: readonly string[], allowed: readonly string[] = []): string[] {
	const [count, may] = [counted(facts), counted(allowed)];
	return [...count].filter(([fact, times]) => times > Math.max(1, may.get(fact) ?? 0)).map(([fact, times]) => `${fact} ${times} times`);
}

function counted(facts: readonly string[]): Map<string, number> {
	const count = new Map<string, number>();
	for (const fact of facts) count.set(fact, (count.get(fact) ?? 0) + 1);
	return count;
}

/** Everybody got a clear answer, and the right one. */
function checkAnswers({ answers, intents }: Race, placed: ReadonlyMap<Hex, PlacedOnChain>): string[] {
	const honest = new Set(intents.filter(({ forged }) => !forged).map(({ orderId }) => orderId));
	const strangers = [...placed.keys()].filter((orderId) => !honest.has(orderId)).map((orderId) => `${orderId} is on the chain and nobody signed it`);
	const wrong = intents.flatMap((intent, i) => {
		const answer = answers[i];
		if (!answer || answer.kind === 'unclear') return [`${intent.orderId}: ${answer?.text ?? 'no answer'}`];
		if (answer.kind === 'refused') {
			const charged = !intent.forged && placed.has(intent.orderId);
			return [
				...(expectedRefusals(intent).includes(answer.code) ? [] : [`${intent.orderId}${intent.forged ? ' (forged)' : ''} was refused with ${answer.code}`]),
				...(charged ? [`${intent.orderId} was refused and is on the chain`] : []),
			];
		}
		if (intent.forged) return [`${intent.orderId} was forged and accepted`];
		return answer.orderId === intent.orderId ? [] : [`${intent.orderId} was answered with the order ${answer.orderId}`];
	});
	return [...strangers, ...wrong];
}

/** Nobody needs to look at a signature where nothing is left, of the goods or of a tab whose owner bought just before, or where the very order has been taken already. */
const FORGED = ['OrderBook_InvalidSignature', 'Catalog_SoldOut', 'Tabs_OverLimit', 'OrderBook_AlreadyPlaced'];
const expectedRefusals = ({ forged }: Intent): readonly string[] => (forged ? FORGED : ['Catalog_SoldOut']);

/** Each receipt says what was ordered and is signed by the operator that the chain knows. */
async function checkReceipts({ answers, intents, after, chainId, operators }: Race): Promise<string[]> {
	const digestOf = receiptDigester(chainId, operators);
	const problems: string[] = [];
	for (const [i, answer] of answers.entries()) {
		const intent = intents[i];
		if (answer.kind !== 'promised' || !intent) continue;
		const { receipt, signed } = answer;
		const { order, total, orderId } = intent;
		const agrees =
			receipt.orderId === orderId &&
			isAddressEqual(receipt.buyer, order.buyer) &&
			isAddressEqual(receipt.token, order.terms.currency) &&
			receipt.total === total &&
			receipt.offerId === order.offerId &&
			receipt.quantity === order.quantity;
		if (!agrees) problems.push(`the receipt of ${orderId} is about something else`);
		const signer = await recoverAddress({ hash: digestOf(receipt), signature: signed.signature });
		const known = after.operator;
		if (known === null || signed.operatorId !== known.id || !isAddressEqual(signer, known.signer))
			problems.push(`the receipt of ${orderId} is signed by ${signer}`);
	}
	return problems;
}

/** Sold is what was there or what was wanted, and what is left is the rest. */
function checkStock({ offers, intents, before, after }: Race): string[] {
	return offers.flatMap(({ offerId, stock }) => {
		const sold = after.placed.filter((order) => order.offerId === offerId).length;
		const wanted = intents.filter(({ forged, order }) => !forged && order.offerId === offerId).length;
		const right = stock === null ? wanted : Math.min(stock, wanted);
		const [first, last] = [before.left.get(offerId) ?? 0n, after.left.get(offerId) ?? 0n];
		return [
			...(sold === right ? [] : [`offer ${offerId} sold ${sold}, and ${right} were to be sold`]),
			...(stock === null || first - last === BigInt(sold) ? [] : [`offer ${offerId} had ${first}, sold ${sold} and has ${last}`]),
		];
	});
}
