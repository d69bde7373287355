import { setTimeout as sleep } from 'node:timers/promises';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import type { MarketCommands } from '@kaishi/testkit';
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { HttpConnection, requestBytes } from '../load/http-connection.ts';
import type { Intent } from '../world/intents.ts';
import { type Answer, readHit } from './answers.ts';
import type { PlacedOnChain } from './chain-truth.ts';

const LOOK_MS = 20;
/** After this long what is not on the chain counts as lost. */
const PATIENCE_MS = 60_000;
/** Intents that are sent once more. */
const SENT_AGAIN = 25;

/** Resolves once everything that was promised stands on the chain and in the tables, or has had a minute for it. */
export async function waitUntilSettled(ask: Pick<MarketCommands, 'chain' | 'processAll'>, info: MarketInfo, answers: readonly Answer[]): Promise<void> {
	const waiting = answers
		.flatMap((answer) => (answer.kind === 'promised' ? [answer.receipt] : []))
		.sort((a, b) => Number(b.position - a.position))
		.map(({ orderId }) => orderId);
	const until = performance.now() + PATIENCE_MS;
	// the last one first: mostly the others are there when it is, and each look costs the market something
	for (let orderId = waiting.shift(); orderId !== undefined; orderId = waiting.shift())
		while (!(await stands(ask, info, orderId)) && performance.now() < until) await sleep(LOOK_MS);
	await ask.processAll();
}

async function stands(ask: Pick<MarketCommands, 'chain'>, info: MarketInfo, orderId: Hex): Promise<boolean> {
	const book = { abi: orderBookAbi, functionName: 'stateOf' } as const;
	const data = (await ask.chain('eth_call', [{ to: info.contracts.orderBook, data: encodeFunctionData({ ...book, args: [orderId] }) }, 'latest'])) as Hex;
	return decodeFunctionResult({ ...book, data })[0] !== 0;
}

/** The same intent again gets the same answer: the same receipt, or the same refusal. */
export async function checkAgain(origin: string, path: string, intents: readonly Intent[], answers: readonly Answer[]): Promise<string[]> {
	const placed = answers.flatMap((answer, i) => (answer.kind === 'promised' || answer.kind === 'placed' ? [i] : [])).slice(0, SENT_AGAIN);
	const refused = answers.flatMap((answer, i) => (answer.kind === 'refused' && !intents[i]?.forged ? [i] : [])).slice(0, SENT_AGAIN);
	const connection = await HttpConnection.open(Number(new URL(origin).port));
	const problems: string[] = [];
	for (const i of [...placed, ...refused]) {
		const intent = intents[i];
		if (!intent) continue;
		const { status, body } = await connection.send(requestBytes('POST', origin, path, intent.shot.source, intent.shot.body));
		const again = readHit({ status, body, sentMs: 0, answeredMs: 0, busy: 0, broken: 0 });
		if (essence(again) !== essence(answers[i])) problems.push(`${intent.orderId} sent again: ${essence(again)} after ${essence(answers[i])}`);
	}
	connection.close();
	return problems;
}

function essence(answer: Answer | undefined): string {
	if (answer?.kind === 'promised') return `promised ${answer.signed.signature}`;
	if (answer?.kind === 'placed') return `placed ${answer.orderId}`;
	return answer?.kind === 'refused' ? `refused ${answer.code}` : `unclear ${answer?.text}`;
}

/** The tables know every order of the race, and come out the same when they are built again from the chain. */
export async function checkTables(
	ask: Pick<MarketCommands, 'missingOrders' | 'fingerprints' | 'reindex'>,
	placed: readonly PlacedOnChain[],
): Promise<string[]> {
	const missing = await ask.missingOrders(placed.map(({ orderId }) => orderId));
	const before = await ask.fingerprints();
	await ask.reindex();
	const after = await ask.fingerprints();
	const different = Object.keys({ ...before, ...after }).filter((table) => before[table] !== after[table]);
	return [...missing.map((orderId) => `${orderId} is on the chain and not in the tables`), ...different.map((table) => `${table} differs from a fresh replay`)];
}
