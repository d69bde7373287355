// The racer: a process of its own that fires signed requests over open connections. Started by `openRacer`.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from './http-connection.ts';
import { HttpConnection, requestBytes } from './http-connection.ts';
import { epochMs, type FromRacer, type Hit, type RacePlan, type Shot, type ToRacer } from './messages.ts';

/** Connections opened at the same time: a listening socket's queue is short. */
const OPENED_TOGETHER = 100;
const RECONNECT_MS = 50;
/** How long somebody keeps trying to reach a market that is gone. */
const PATIENCE_MS = 180_000;

const tell = (message: FromRacer) => process.send?.(message);

interface Race {
	plan: RacePlan;
	port: number;
	requests: Buffer[];
	hits: (Hit | null)[];
	connections: HttpConnection[];
	next: number;
	placed: number;
}

let race: Race | null = null;

async function prepare(plan: RacePlan): Promise<Race> {
	const shots = readFileSync(plan.shotsFile, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Shot);
	const port = Number(new URL(plan.origin).port);
	const requests = shots.map(({ body, source }) => requestBytes('POST', plan.origin, plan.path, source, body));
	const connections: HttpConnection[] = [];
	while (connections.length < plan.connections) {
		const more = Math.min(OPENED_TOGETHER, plan.connections - connections.length);
		connections.push(...(await Promise.all(Array.from({ length: more }, () => HttpConnection.open(port)))));
	}
	return { plan, port, requests, hits: shots.map(() => null), connections, next: 0, placed: 0 };
}

/** Everybody at once: the first requests of all connections are written before any answer is read. */
async function run(current: Race): Promise<void> {
	await Promise.all(current.connections.map((connection) => work(current, connection)));
	writeFileSync(current.plan.hitsFile, current.hits.map((hit) => JSON.stringify(hit)).join('\n'));
}

async function work(current: Race, first: HttpConnection): Promise<void> {
	let connection = first;
	while (current.next < current.requests.length) {
		const index = current.next++;
		const request = current.requests[index];
		if (!request) break;
		const hit: Hit = { status: 0, body: '', sentMs: epochMs(), answeredMs: 0, busy: 0, broken: 0 };
		current.hits[index] = hit;
		connection = await shoot(current, connection, request, hit);
	}
	connection.close();
}

/** Tries the same request again until it is answered: an intent means the same however often it arrives. */
async function shoot(current: Race, first: HttpConnection, request: Buffer, hit: Hit): Promise<HttpConnection> {
	let connection = first;
	for (;;) {
		let answer: HttpAnswer;
		try {
			answer = await connection.send(request);
		} catch {
			hit.broken++;
			const again = await reopen(current.port);
			if (again === null) return connection;
			connection = again;
			continue;
		}
		if (answer.status === 503 && answer.body.includes('"Operator_Busy"')) {
			hit.busy++;
			await sleep((answer.retryAfterSeconds ?? 1) * 1000);
			continue;
		}
		hit.answeredMs = epochMs();
		hit.status = answer.status;
		hit.body = answer.body;
		if (answer.status === 200 && ++current.placed === current.plan.tellAfter) tell({ reached: true });
		return connection;
	}
}

async function reopen(port: number): Promise<HttpConnection | null> {
	const until = performance.now() + PATIENCE_MS;
	while (performance.now() < until) {
		const connection = await HttpConnection.open(port).catch(() => null);
		if (connection) return connection;
		await sleep(RECONNECT_MS);
	}
	return null;
}

async function obey(message: ToRacer): Promise<FromRacer> {
	if ('plan' in message) {
		race = await prepare(message.plan);
		return { ready: true };
	}
	if (race === null) throw new Error('no plan');
	await run(race);
	return { done: true };
}

process.on('message', (message: ToRacer) => {
	obey(message).then(tell, (error: unknown) => tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
});
process.once('disconnect', () => process.exit(0));
