import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHlsDoor } from '../stage/hls-door.ts';
import { HlsWindow } from './hls/hls-window.ts';
import { createParking, mayWait, relayHls } from './hls-relay.ts';
import type { LiveStream } from './live-stream.ts';

let directory: string;
let door: Server | null = null;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'kaishi-hls-'));
});
afterEach(() => {
	door?.close();
	door?.closeAllConnections();
	rmSync(directory, { recursive: true, force: true });
});

test('behavior: one address has twenty requests that wait, whoever lets go may wait again, and this machine as many as it likes', () => {
	const park = createParking();
	const leave = Array.from({ length: 20 }, () => park('203.0.113.7'));
	expect(() => park('203.0.113.7')).toThrow('Request_TooMany');
	park('203.0.113.8');
	leave[0]?.();
	park('203.0.113.7');
	expect(() => park('203.0.113.7')).toThrow('Request_TooMany');
	for (let i = 0; i < 100; i++) park('local');
	for (let i = 0; i < 2000 - 121; i++) park(`10.0.${i >> 8}.${i & 255}`);
	expect(() => park('192.0.2.1')).toThrow('Request_TooMany');
	expect(['r0/live.m3u8?_HLS_msn=7', 'r0/7.2.m4s', 'sound/7.0.m4s'].map(mayWait)).toEqual([true, true, true]);
	expect(['index.m3u8', 'r0/live.m3u8', 'r0/7.m4s', 'r0/init-0.mp4'].map(mayWait)).toEqual([false, false, false, false]);
});

test('behavior: what nobody waits for any more is not waited for on the stage', async () => {
	const window = new HlsWindow();
	window.setInit(Buffer.from('head'));
	const stream = { renditions: new Map([[0, { window }]]) } as unknown as LiveStream;
	door = createHlsDoor(() => stream);
	const socketPath = join(directory, 'hls');
	await once(door.listen(socketPath), 'listening');
	const gone = new AbortController();
	const asked = relayHls(socketPath, '/00112233445566aa/r0/live.m3u8?_HLS_msn=0&_HLS_part=0', gone.signal);
	await vi.waitFor(() => expect(window.waiting).toBe(1));
	gone.abort();
	await expect(asked).rejects.toMatchObject({ code: 'Request_TooMany' });
	await vi.waitFor(() => expect(window.waiting).toBe(0));
});
