import type { PublishTicket } from '@kaishi/protocol/live';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PublishLink } from './link.ts';

class FakeSocket {
	static readonly OPEN = 1;
	static all: FakeSocket[] = [];
	readyState = 0;
	binaryType = '';
	bufferedAmount = 0;
	onmessage: ((event: { data: string }) => void) | null = null;
	onclose: (() => void) | null = null;

	constructor() {
		FakeSocket.all.push(this);
	}

	hear(word: object): void {
		this.readyState = FakeSocket.OPEN;
		this.onmessage?.({ data: JSON.stringify(word) });
	}

	send(): void {}

	close(): void {
		this.readyState = 3;
		queueMicrotask(() => this.onclose?.());
	}
}

const ticket: PublishTicket = { door: 'browser', engine: 'embedded', url: '/publish', expiresAt: 0 };
const news = () => ({ onelsewhere: vi.fn(), onready: vi.fn(), onlost: vi.fn(), onword: vi.fn(), onclosed: vi.fn() });

beforeEach(() => {
	vi.useFakeTimers();
	FakeSocket.all = [];
	vi.stubGlobal('WebSocket', FakeSocket);
	vi.stubGlobal('location', new URL('http://market/live'));
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

test('behavior: the network comes back while an address is being asked for: one socket is opened, not two that replace each other', async () => {
	const answers: ((ticket: PublishTicket) => void)[] = [];
	const link = new PublishLink(() => new Promise((resolve) => answers.push(resolve)), news());
	link.hurry();
	expect(answers).toHaveLength(2);
	for (const answer of answers) answer(ticket);
	await vi.advanceTimersByTimeAsync(6000);
	expect(FakeSocket.all).toHaveLength(1);
	link.close();
});

test('behavior: a lost line is told once and taken up again; what an old socket says is not heard', async () => {
	const heard = news();
	const link = new PublishLink(async () => ticket, heard);
	await vi.advanceTimersByTimeAsync(0);
	const [first] = FakeSocket.all;
	first?.hear({ type: 'ready' });
	link.drop();
	link.hurry();
	await vi.advanceTimersByTimeAsync(0);
	const second = FakeSocket.all[1];
	first?.hear({ type: 'closed', reason: 'replaced' });
	second?.hear({ type: 'ready' });
	expect(heard.onlost).toHaveBeenCalledTimes(1);
	expect(heard.onready).toHaveBeenCalledTimes(2);
	expect(heard.onclosed).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1000);
	expect(FakeSocket.all).toHaveLength(2);
	link.close();
});
