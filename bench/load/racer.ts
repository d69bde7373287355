// The racer: a process of its own that fires signed requests over open connections. Started by `openRacer`.
import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate as oneTurn, setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection, readAnswer, requestBytes } from './http-connection.ts';
import { epochMs, type FromRacer, type Hit, type RacePlan, type Shot, type ToRacer } from './messages.ts';

/** Connections opened at the same time: a listening socket's queue is short. */
const OPENED_TOGETHER = 100;
/** So many requests are written, then the racer reads what has come meanwhile: who was answered early must not seem to have waited. */
const WRITTEN_TOGETHER = 64;
/** How often the racer looks what has come once everything is written. Nobody seems to have been told earlier for it. */
const LOOK_MS = 1;
/** How often it is asked whether a market that is gone is back. */
const RECONNECT_MS = 20;
/** How long somebody keeps trying to reach a market that is gone. */
const PATIENCE_MS = 180_000;

const BUSY = Buffer.from('"Operator_Busy"');
const OK = Buffer.from('HTTP/1.1 200 ');

const tell = (message: FromRacer) => process.send?.(message);

interface Race {
	plan: RacePlan;
	port: number;
	requests: Buffer[];
	hits: (Hit | null)[];
	/** Whole answers, read after the race. */
	answers: (Buffer | null)[];
	connections: HttpConnection[];
	/** To be closed. */
	used: HttpConnection[];
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
	globalThis.gc?.();
	return { plan, port, requests, hits: shots.map(() => null), answers: shots.map(() => null), connections, used: [], next: 0, placed: 0 };
}

/** Everybody at once, or as near as one process comes to it. Resolves with the CPU milliseconds that it took. */
async function run(current: Race): Promise<number> {
	const cpu = process.cpuUsage();
	const { connections, hits, answers, plan } = current;
	const working: Promise<void>[] = [];
	for (const [i, connection] of connections.entries()) {
		working.push(work(current, connection));
		if ((i + 1) % WRITTEN_TOGETHER === 0) await oneTurn();
	}
	await listen(Promise.all(working));
	const { user, system } = process.cpuUsage(cpu);
	for (const connection of current.used) connection.close();
	for (const [i, hit] of hits.entries()) {
		const answer = answers[i] && readAnswer(answers[i])?.answer;
		if (hit && answer) [hit.status, hit.body] = [answer.status, answer.body];
	}
	writeFileSync(plan.hitsFile, hits.map((hit) => JSON.stringify(hit)).join('\n'));
	return (user + system) / 1000;
}

/**
 * Reads every {@link LOOK_MS} what has come, until all is over. Whoever sleeps until something comes is woken for each of thousands,
 * by the market that tells them: on shared cores that would cost it more than the telling.
 */
async function listen(all: Promise<unknown>): Promise<void> {
	let over = false;
	const end = () => {
		over = true;
	};
	all.then(end, end);
	const never = new Int32Array(new SharedArrayBuffer(4));
	while (!over) {
		Atomics.wait(never, 0, 0, LOOK_MS);
		await oneTurn();
	}
	await all;
}

async function work(current: Race, first: HttpConnection): Promise<void> {
	let connection = first;
	while (current.next < current.requests.length) {
		const index = current.next++;
		const request = current.requests[index];
		if (!request) break;
		const hit: Hit = { status: 0, body: '', sentMs: epochMs(), answeredMs: 0, busy: 0, broken: 0 };
		current.hits[index] = hit;
		connection = await shoot(current, connection, index, hit);
	}
	// After the race: thousands who hang up would be in the way of those who wait.
	current.used.push(connection);
}

/** Tries the same request again until it is answered: an intent means the same however often it arrives. */
async function shoot(current: Race, first: HttpConnection, index: number, hit: Hit): Promise<HttpConnection> {
	const request = current.requests[index] as Buffer;
	let connection = first;
	for (;;) {
		let bytes: Buffer;
		try {
			bytes = await connection.exchange(request);
		} catch {
			hit.broken++;
			const again = await reopen(current.port);
			if (again === null) return connection;
			connection = again;
			continue;
		}
		if (bytes.indexOf(BUSY) > 0) {
			hit.busy++;
			await sleep((readAnswer(bytes)?.answer.retryAfterSeconds ?? 1) * 1000);
			continue;
		}
		hit.answeredMs = epochMs();
		current.answers[index] = bytes;
		if (bytes.indexOf(OK) === 0 && ++current.placed === current.plan.tellAfter) tell({ reached: true });
		return connection;
	}
}

async function reopen(port: number): Promise<HttpConnection | null> {
	const until = performance.now() + PATIENCE_MS;
	while (performance.now() < until) {
		returning ??= waitForReturn(port, until);
		await returning;
		const connection = await HttpConnection.open(port).catch(() => null);
		if (connection) return connection;
	}
	return null;
}

let returning: Promise<void> | null = null;

/** One asks for all: thousands who knock all the time would take the cores from the market that is to come back. */
async function waitForReturn(port: number, until: number): Promise<void> {
	for (;;) {
		const knock = await HttpConnection.open(port).catch(() => null);
		knock?.close();
		if (knock || performance.now() >= until) break;
		await sleep(RECONNECT_MS);
	}
	returning = null;
}

async function obey(message: ToRacer): Promise<FromRacer> {
	if ('plan' in message) {
		race = await prepare(message.plan);
		return { ready: true };
	}
	if (race === null) throw new Error('no plan');
	return { done: true, cpuMs: await run(race) };
}

process.on('message', (message: ToRacer) => {
	obey(message).then(tell, (error: unknown) => tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
});
process.once('disconnect', () => process.exit(0));
