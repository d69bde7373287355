import { expect, test } from 'vitest';
import { readHead } from './request-head.ts';

const head = (...lines: string[]) => readHead(['Host: market.example', 'Content-Length: 12', ...lines].join('\r\n'));

test('default: what is needed of a plain head', () => {
	expect(head('Accept: */*')).toEqual({ length: 12, origin: undefined, forwardedFor: undefined, close: false });
	expect(head('origin:https://market.example  ', 'X-Forwarded-For: 203.0.113.7', 'X-FORWARDED-FOR: 198.51.100.2', 'Connection: Close')).toEqual({
		length: 12,
		origin: 'https://market.example',
		forwardedFor: '203.0.113.7, 198.51.100.2',
		close: true,
	});
});

test.each([
	['a second length', 'Content-Length: 12'],
	['chunks', 'Transfer-Encoding: chunked'],
	['something to be agreed on first', 'Expect: 100-continue'],
	['another protocol', 'Upgrade: websocket'],
	['a wish about the connection that is not known', 'Connection: keep-alive, upgrade'],
	['a second host', 'Host: elsewhere.example'],
	['a second origin', 'Origin: a\r\nOrigin: b'],
	['a folded line', 'Accept: a\r\n b'],
	['a space before the colon', 'Origin : https://market.example'],
	['half a line end', 'Accept: a\nTransfer-Encoding: chunked'],
	['a line that is none', 'GET / HTTP/1.1'],
	['bytes that are not text', 'Accept: \u0000'],
])('error: %s is for somebody else to read', (_, line) => {
	expect(head(line)).toBeNull();
});

test.each(['', 'Host: a', 'Host: a\r\nContent-Length: +1', 'Host: a\r\nContent-Length: 0x1', 'Host: a\r\nContent-Length: 1, 1', 'Content-Length: 1'])(
	'error: no plain length, or no host: %j',
	(lines) => {
		expect(readHead(lines)).toBeNull();
	},
);
