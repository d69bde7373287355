import { expect, test } from 'vitest';
import { segmentsOf } from './segments.ts';

const origin = 'https://kaishi.example';
const linksIn = (text: string) => segmentsOf(text, origin).flatMap((segment) => segment.href ?? []);

test('default: addresses of this market are links within it, the sentence around them stays words', () => {
	expect(segmentsOf('See https://kaishi.example/p/12?ref=a#terms. Nice?', origin)).toEqual([
		{ text: 'See ' },
		{ text: 'https://kaishi.example/p/12?ref=a#terms', href: '/p/12?ref=a#terms' },
		{ text: '. Nice?' },
	]);
	expect(linksIn('看这里：https://kaishi.example/s/kiln。好吗')).toEqual(['/s/kiln']);
});

test.each([
	['another host', 'https://evil.example/p/1'],
	['a host that begins alike', 'https://kaishi.example.evil.example/p/1'],
	['our name before an at sign', 'https://kaishi.example@evil.example/'],
	['a password in front', 'https://user:pass@kaishi.example/p/1'],
	['another scheme', 'javascript:alert(1) data:text/html,x'],
	['another port', 'https://kaishi.example:8443/p/1'],
	['without encryption', 'http://kaishi.example/p/1'],
	['two slashes', 'https://kaishi.example//evil.example/p'],
	['a door for programs', 'https://kaishi.example/api/orders/1/download https://kaishi.example/rpc'],
	['look-alike letters', 'https://kаishi.example/p/1'],
	['backslashes', 'https:\\\\kaishi.example\\p'],
	['a link inside markup', '<a href="https://evil.example">https://kaishi.example</a'],
])('error: %s is no link', (_, text) => {
	expect(linksIn(text).filter((href) => href !== '/')).toEqual([]);
});

test('behavior: markup stays words, and marks that turn text around are gone', () => {
	expect(segmentsOf('<img src=x onerror=alert(1)>\u202e{@html}', origin)).toEqual([{ text: '<img src=x onerror=alert(1)>{@html}' }]);
	expect(segmentsOf('', origin)).toEqual([]);
});
