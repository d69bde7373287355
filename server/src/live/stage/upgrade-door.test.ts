import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createTickets } from '../media/tickets.ts';
import { createUpgradeDoor } from './upgrade-door.ts';

const showId = '00112233445566aa';

function openDoor() {
	const adopted: (() => void)[] = [];
	const answers: string[] = [];
	const door = createUpgradeDoor({
		publicUrl: 'https://market.example',
		trustProxy: true,
		viewerOf: async () => null,
		tickets: createTickets(`0x${'42'.repeat(32)}`),
		mayPublish: async () => true,
		stage: () => ({ adopt: (_, __, onGone) => void adopted.push(onGone), unpublish: () => undefined }),
		clock: () => 0,
		passOn: async () => Promise.reject(new Error('nobody else')),
	});
	const knock = (address: string, path = `/api/live/${showId}/room`) => {
		const socket = new Socket();
		socket.end = (text?: unknown) => {
			answers.push(String(text).slice(9, 12));
			return socket;
		};
		door.take({ url: path, headers: { 'x-forwarded-for': address }, socket } as unknown as IncomingMessage, socket, Buffer.alloc(0));
	};
	return { knock, adopted, answers };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('behavior: one address that knocks again and again is refused, others are not', async () => {
	const { knock, adopted, answers } = openDoor();
	for (let i = 0; i < 300; i++) knock('203.0.113.7');
	await settle();
	expect(adopted.length).toBe(120);
	expect(new Set(answers)).toEqual(new Set(['429']));
	const before = adopted.length;
	for (const gone of adopted.slice()) gone();
	knock('203.0.113.7');
	knock('203.0.113.8');
	await settle();
	expect(adopted.length).toBe(before + 1);
});

test('behavior: viewers leave places to hosts; refused ones take none', async () => {
	const { knock, adopted, answers } = openDoor();
	for (let i = 0; i < 500; i++) knock(`198.51.100.${i}`, `/api/live/${showId}/watch`);
	await settle();
	expect(new Set(answers)).toEqual(new Set(['403']));
	for (let i = 0; i < 12_000; i++) knock(`10.0.${i % 250}.${Math.floor(i / 250)}`);
	await settle();
	expect(adopted.length).toBe(11_800);
	answers.length = 0;
	knock('192.0.2.1');
	knock('192.0.2.2', `/api/live/${showId}/publish`);
	await settle();
	expect(answers).toEqual(['429', '403']);
});
