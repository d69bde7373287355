import { describe, expect, test } from 'vitest';
import { createPageSharing, sharedKeyOf } from './page-sharing.ts';

const request = (path: string, headers: Record<string, string> = {}, method = 'GET') => ({
	method,
	url: new URL(path, 'https://market.example'),
	headers: new Headers(headers),
});

describe('what is shared', () => {
	test('default: a product page for people without an account, by language, looks and the state of the tables', () => {
		const key = sharedKeyOf(request('/p/12', { cookie: 'kaishi_theme=dark' }), '7');
		expect(key).not.toBeNull();
		expect(sharedKeyOf(request('/p/12', { cookie: 'kaishi_theme=dark' }), '7')).toBe(key);
		expect(sharedKeyOf(request('/p/12', { cookie: 'kaishi_theme=light' }), '7')).not.toBe(key);
		expect(sharedKeyOf(request('/p/12', { cookie: 'kaishi_theme=dark', 'accept-language': 'zh' }), '7')).not.toBe(key);
		expect(sharedKeyOf(request('/p/12', { cookie: 'kaishi_theme=dark' }), '8')).not.toBe(key);
	});

	test('behavior: nothing of somebody who is signed in, no other page, nothing that is sent', () => {
		expect(sharedKeyOf(request('/p/12', { cookie: 'a=b; kaishi_session=x' }), '7')).toBeNull();
		expect(sharedKeyOf(request('/orders/12'), '7')).toBeNull();
		expect(sharedKeyOf(request('/p/12', {}, 'POST'), '7')).toBeNull();
	});
});

describe('sharing', () => {
	const page =
		(text: string, init: ResponseInit = {}) =>
		async () =>
			new Response(text, init);

	test('default: rendered once for all who come in the same moment, and anew a little later', async () => {
		let now = 0;
		let rendered = 0;
		const share = createPageSharing(() => now);
		const render = async () => new Response(`page ${++rendered}`, { headers: { 'x-seen': 'yes' } });
		const answers = await Promise.all([share('key', render), share('key', render), share('other', render)]);
		expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['page 1', 'page 1', 'page 2']);
		expect(answers[1]?.headers.get('x-seen')).toBe('yes');
		now = 400;
		expect(await (await share('key', render)).text()).toBe('page 3');
	});

	test('behavior: errors and what is set for one reader alone are not shared', async () => {
		const share = createPageSharing(() => 0);
		expect(await (await share('a', page('lost', { status: 404 }))).text()).toBe('lost');
		expect(await (await share('a', page('found'))).text()).toBe('found');
		expect(await (await share('b', page('mine', { headers: { 'set-cookie': 'x=1' } }))).text()).toBe('mine');
		expect(await (await share('b', page('yours'))).text()).toBe('yours');
		await expect(
			share('c', async () => {
				throw new Error('broken');
			}),
		).rejects.toThrow('broken');
		expect(await (await share('c', page('mended'))).text()).toBe('mended');
	});
});
