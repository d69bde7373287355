import type { ClientMessage } from '@kaishi/protocol/platform/socket';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

class FakeSocket {
	static readonly OPEN = 1;
	static last: FakeSocket;
	readyState = 0;
	readonly said: ClientMessage[] = [];
	onopen = () => {};
	onmessage = (_event: { data: string }) => {};
	onclose = () => {};

	constructor() {
		FakeSocket.last = this;
	}

	send(text: string) {
		this.said.push(JSON.parse(text) as ClientMessage);
	}

	close() {
		this.readyState = 3;
	}

	open() {
		this.readyState = FakeSocket.OPEN;
		this.onopen();
	}
}

beforeEach(() => {
	vi.resetModules();
	vi.useFakeTimers();
	vi.stubGlobal('WebSocket', FakeSocket);
	vi.stubGlobal('location', new URL('https://market.example/orders'));
	vi.stubGlobal('performance', { now: () => Date.now() });
	vi.setSystemTime(0);
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const load = () => import('./socket.ts');

test('behavior: whoever begins to listen says how old the page is, so that nothing between is missed', async () => {
	const { noteNavigation, subscribe } = await load();
	vi.setSystemTime(1500);
	subscribe('shop:1', () => {});
	vi.setSystemTime(2000);
	FakeSocket.last.open();
	vi.setSystemTime(9000);
	noteNavigation();
	vi.setSystemTime(9100);
	subscribe('order:0xAB', () => {});
	expect(FakeSocket.last.said).toEqual([
		{ subscribe: ['shop:1'], ageMs: 2000 },
		{ subscribe: ['order:0xab'], ageMs: 100 },
	]);
});

test('behavior: back after a while away, everything is asked for again', async () => {
	const { subscribe } = await load();
	const heard = vi.fn();
	subscribe('shop:1', heard);
	FakeSocket.last.open();
	FakeSocket.last.onclose();
	const before = FakeSocket.last;
	await vi.advanceTimersByTimeAsync(1000);
	expect(FakeSocket.last).not.toBe(before);
	FakeSocket.last.open();
	expect(FakeSocket.last.said).toEqual([{ subscribe: ['shop:1'] }]);
	expect(heard).toHaveBeenCalledOnce();
	FakeSocket.last.onmessage({ data: JSON.stringify({ topic: 'shop:1', block: '7', event: 'OrderShipped' }) });
	expect(heard).toHaveBeenLastCalledWith({ topic: 'shop:1', block: '7', event: 'OrderShipped' });
});
