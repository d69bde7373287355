import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { encryptPush } from './encrypt.ts';
import { createPushSender, isPushService } from './push-sender.ts';
import { createVapid } from './vapid.ts';

const KEY = `0x${'17'.repeat(32)}` as const;

test('default: a message comes out as in the example of RFC 8291', () => {
	const sender = createECDH('prime256v1');
	sender.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'));
	const secrets = { sender, salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url') };
	const keys = {
		p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
		auth: 'BTBZMqHH6r4Tts7J_aSIgg',
	};
	const sealed = encryptPush(Buffer.from('When I grow up, I want to be a watermelon'), keys, secrets);
	expect(sealed.toString('base64url')).toBe(
		'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
	);
});

describe('a push service', () => {
	test('default: gets a message that its browser can read, from somebody who proves who it is', async () => {
		const browser = createECDH('prime256v1');
		const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
		const received: { headers: NodeJS.Dict<string | string[]>; body: Buffer }[] = [];
		let status = 201;
		const service = createServer(async (request, response) => {
			const parts: Buffer[] = [];
			for await (const part of request) parts.push(part as Buffer);
			received.push({ headers: request.headers, body: Buffer.concat(parts) });
			response.writeHead(status).end();
		}).listen(0, '127.0.0.1');
		await once(service, 'listening');
		const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/abc`;
		const push = createPushSender({ vapid: createVapid(KEY, 'https://market.example'), mayCall: () => true });
		const message = { body: { title: '开市' }, topic: 'show', seconds: 60 };
		expect(await push.send({ endpoint, ...keys }, message)).toBe('sent');
		const [got] = received;
		expect(JSON.parse(decrypt(got?.body ?? Buffer.alloc(0), browser, keys.auth))).toEqual({ title: '开市' });
		expect(got?.headers).toMatchObject({ ttl: '60', topic: 'show', 'content-encoding': 'aes128gcm' });
		const claims = provenClaims(String(got?.headers.authorization));
		expect(claims).toMatchObject({ aud: new URL(endpoint).origin, sub: 'https://market.example', exp: expect.any(Number) });
		status = 410;
		expect(await push.send({ endpoint, ...keys }, message)).toBe('gone');
		status = 500;
		expect(await push.send({ endpoint, ...keys }, message)).toBe('failed');
		expect(await push.send({ endpoint, p256dh: 'AAAA', auth: keys.auth }, message)).toBe('gone');
		service.close();
	});

	test.each([
		'http://fcm.googleapis.com/x',
		'https://127.0.0.1/x',
		'https://fcm.googleapis.com.evil.example/x',
		'https://evilfcm.googleapis.com:444/x',
		'https://notfcm.googleapis.com/x',
		'nonsense',
	])('error: %s is none', async (endpoint) => {
		expect(isPushService(endpoint)).toBe(false);
		const push = createPushSender({ vapid: createVapid(KEY, 'https://market.example') });
		expect(await push.send({ endpoint, p256dh: '', auth: '' }, { body: {}, topic: 'x', seconds: 1 })).toBe('gone');
	});

	test.each(['https://fcm.googleapis.com/fcm/send/x', 'https://updates.push.services.mozilla.com/wpush/v2/x', 'https://web.push.apple.com/x'])(
		'default: %s is one',
		(endpoint) => expect(isPushService(endpoint)).toBe(true),
	);
});

function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: string): string {
	const [salt, sender, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
	const hkdf = (key: Buffer, with_: Buffer, info: Buffer, bytes: number) => Buffer.from(hkdfSync('sha256', key, with_, info, bytes));
	const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
	const input = hkdf(browser.computeSecret(sender), Buffer.from(auth, 'base64url'), info, 32);
	const key = hkdf(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
	const decipher = createDecipheriv('aes-128-gcm', key, hkdf(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12));
	decipher.setAuthTag(sealed.subarray(-16));
	const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
	expect(plain.at(-1)).toBe(2);
	return plain.subarray(0, -1).toString();
}

function provenClaims(authorization: string): Record<string, unknown> {
	const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
	const [head = '', claims = '', signature = ''] = token.split('.');
	const point = Buffer.from(key, 'base64url');
	const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
	const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
	expect(verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
	return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}
