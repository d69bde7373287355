// What a lively chat costs the stage: `node bench/live/chat.ts --listeners 5000 --lines 20 --seconds 15`.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ChatLine } from '../../protocol/src/live/index.ts';
import { isApart, keepOnCore, runApart } from './apart.ts';
import type { FromCrowd, ToCrowd } from './crowd-process.ts';
import type { Heard, ToListeners } from './listeners-process.ts';

export interface ChatOptions {
	listeners: number;
	/** Said per second. */
	lines: number;
	seconds: number;
}

export interface ChatFigures extends ChatOptions {
	/** A line read by one listener is one. */
	deliveries: number;
	deliveriesPerSecond: number;
	/** Of the stage, per delivery. */
	cpuMicrosPerDelivery: number;
	/** What listeners' kernels do is not on the stage's account, as when they have machines of their own. */
	receiversApart: boolean;
	/** Of one core. */
	cpuPercent: number;
	/** A message to one socket: what it cost the stage, the kernel's part of that, and a loop that writes the same bytes to the same sockets and does nothing else. */
	perWrite: { micros: number; kernelMicros: number; bareMicros: number };
	p50Ms: number;
	p99Ms: number;
	/** Of what sampled listeners should have read. */
	lost: number;
	rssMb: number;
}

const WARM_UP_SECONDS = 3;
const BARE_ROUNDS = 20;
/** One of so many listeners reads what it gets. */
const SAMPLE = 50;

/** Fans out `lines` a second to a crowd on this machine and says what it cost the process that did. */
export async function benchChat({ listeners, lines, seconds }: ChatOptions): Promise<ChatFigures> {
	const crowd = start('crowd-process.ts');
	keepOnCore(crowd, 0);
	const crowdSays = hear<FromCrowd>(crowd);
	const { port } = await crowdSays('listening');
	const audience = start('listeners-process.ts');
	keepOnCore(audience, 1);
	const audienceSays = hear<Heard>(audience);
	audience.send({ type: 'join', port, count: listeners, every: SAMPLE } satisfies ToListeners);
	while ((await crowdSays('joined')).count < listeners);
	await talk(crowd, lines, WARM_UP_SECONDS);
	await sleep(500);
	const usage = async () => {
		crowd.send({ type: 'usage' } satisfies ToCrowd);
		return crowdSays('usage');
	};
	const heard = async () => {
		audience.send({ type: 'heard' } satisfies ToListeners);
		return audienceSays('heard');
	};
	await heard();
	const [before, began] = [await usage(), performance.now()];
	const said = await talk(crowd, lines, seconds);
	await sleep(500);
	const [after, elapsed] = [await usage(), performance.now() - began];
	const { bytes, frames, sampled, samplers, latencies } = await heard();
	const writes = (frames / samplers) * listeners;
	crowd.send({ type: 'bare', bytes: Math.round(bytes / writes), rounds: BARE_ROUNDS, roundMs: (seconds * 1000 * samplers) / frames } satisfies ToCrowd);
	const bareWrites = (await crowdSays('bare')).writes;
	const bareCpu = (await usage()).cpuMicros - after.cpuMicros;
	for (const child of [crowd, audience]) child.kill();
	const deliveries = said * listeners;
	const cpu = after.cpuMicros - before.cpuMicros;
	const round = (micros: number) => Number(micros.toFixed(2));
	return {
		listeners,
		lines,
		seconds,
		deliveries,
		deliveriesPerSecond: Math.round(deliveries / (elapsed / 1000 - 0.5)),
		cpuMicrosPerDelivery: round(cpu / deliveries),
		receiversApart: isApart(),
		cpuPercent: Math.round((cpu / 1000 / elapsed) * 100),
		perWrite: {
			micros: round(cpu / writes),
			kernelMicros: round((after.systemMicros - before.systemMicros) / writes),
			bareMicros: round(bareCpu / bareWrites),
		},
		p50Ms: at(latencies, 0.5),
		p99Ms: at(latencies, 0.99),
		lost: said * samplers - sampled,
		rssMb: after.rssMb,
	};
}

const at = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const start = (file: string): ChildProcess => fork(join(import.meta.dirname, file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/** Messages of a child by type, each once. */
function hear<M extends { type: string }>(child: ChildProcess) {
	const kept: M[] = [];
	const waiting: { type: string; take(message: M): void }[] = [];
	child.on('message', (message: M) => {
		const index = waiting.findIndex(({ type }) => type === message.type);
		if (index < 0) kept.push(message);
		else waiting.splice(index, 1)[0]?.take(message);
	});
	return <T extends M['type']>(type: T): Promise<Extract<M, { type: T }>> => {
		const index = kept.findIndex((message) => message.type === type);
		if (index >= 0) return Promise.resolve(kept.splice(index, 1)[0] as Extract<M, { type: T }>);
		return new Promise((resolve) => waiting.push({ type, take: (message) => resolve(message as Extract<M, { type: T }>) }));
	};
}

/** Says so many lines a second, spread evenly. Returns how many. */
async function talk(crowd: ChildProcess, lines: number, seconds: number): Promise<number> {
	const began = performance.now();
	let said = 0;
	while (said < lines * seconds) {
		const due = Math.min(lines * seconds, Math.floor(((performance.now() - began) / 1000) * lines) + 1);
		for (; said < due; said++) crowd.send({ type: 'say', events: [{ kind: 'line', line: lineOf(said) }], urgent: false } satisfies ToCrowd);
		await sleep(1000 / lines / 2);
	}
	return said;
}

const lineOf = (seq: number): ChatLine => ({
	seq,
	account: '0x1111111111111111111111111111111111111111',
	name: 'Somebody',
	text: `Is this one of the spring harvest, and how many are left? ${seq}`,
	at: Date.now(),
	badge: null,
});

if (import.meta.main) {
	runApart();
	const { values } = parseArgs({
		options: {
			listeners: { type: 'string', default: '5000' },
			lines: { type: 'string', default: '20' },
			seconds: { type: 'string', default: '15' },
		},
	});
	const figures = await benchChat({ listeners: Number(values.listeners), lines: Number(values.lines), seconds: Number(values.seconds) });
	console.log(JSON.stringify(figures));
}
