import { expect, test } from 'vitest';
import { allowConnections } from './content-policy.ts';

const POLICY = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'";

test('default: a market that carries its pictures itself lets pages talk to nobody else', () => {
	expect(allowConnections(POLICY, [])).toBe(POLICY);
});

test('behavior: only connections are opened, and only to what is named', () => {
	expect(allowConnections(POLICY, ['wss://livekit.example', 'https://livekit.example'])).toBe(
		"default-src 'self'; connect-src 'self' wss://livekit.example https://livekit.example; frame-ancestors 'none'",
	);
});
