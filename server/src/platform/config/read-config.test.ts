import { expect, test } from 'vitest';
import { readConfig } from './read-config.ts';

test('default', () => {
	const config = readConfig({});
	expect(config).toMatchObject({
		host: '127.0.0.1',
		port: 4000,
		publicUrl: 'http://localhost:4000',
		rpcUrl: null,
		clusterUrl: 'http://127.0.0.1:0',
		blockMs: 100,
		trustProxy: false,
		rtmpPort: 1935,
		livePatienceSeconds: 90,
		liveStorageBytes: 50_000_000_000,
		liveKeepDays: 90,
		whip: null,
		livekit: null,
		production: false,
	});
	expect(config.dataDir).toMatch(/^\/.*\.kaishi$/);
});

test('behavior: empty variables count as absent', () => {
	expect(readConfig({ PORT: '', RPC_URL: '' })).toMatchObject({ port: 4000, rpcUrl: null });
});

test('behavior: PUBLIC_URL is reduced to its origin', () => {
	expect(readConfig({ PUBLIC_URL: 'https://shop.example/' }).publicUrl).toBe('https://shop.example');
});

const LIVEKIT = { LIVEKIT_URL: 'wss://livekit.example', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };

test.each([
	['PORT', { PORT: '99999' }],
	['PORT', { PORT: '4000x' }],
	['PUBLIC_URL', { PUBLIC_URL: 'https://shop.example/market' }],
	['RPC_URL', { RPC_URL: 'ws://chain' }],
	['OPERATOR_KEY', { RPC_URL: 'http://chain', OPERATOR_KEY: '0x12' }],
	['OPERATOR_KEY', { RPC_URL: 'http://chain' }],
	['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
	['CLUSTER_URL', { CLUSTER_URL: 'https://10.0.0.5:4100' }],
	['BLOCK_MS', { BLOCK_MS: '0' }],
	['TRUST_PROXY', { TRUST_PROXY: 'yes' }],
	['RTMP_PORT', { RTMP_PORT: 'on' }],
	['WHIP_UDP_PORTS', { WHIP_UDP_PORTS: '50100-50000' }],
	['WHIP_ADDRESS', { WHIP_UDP_PORTS: '50000-50100', WHIP_ADDRESS: 'shop.example' }],
	['LIVEKIT_URL', { LIVEKIT_URL: 'https://livekit.example' }],
	['LIVEKIT_API_SECRET', { LIVEKIT_URL: 'wss://livekit.example', LIVEKIT_API_KEY: 'key' }],
	['LIVEKIT_EGRESS_URL', { LIVEKIT_EGRESS_URL: 'https://market.example' }],
	['LIVEKIT_EGRESS_URL', { ...LIVEKIT, RTMP_PORT: 'off', LIVEKIT_EGRESS_URL: 'rtmp://market.example:1935/live' }],
	['LIVE_PATIENCE_SECONDS', { LIVE_PATIENCE_SECONDS: '0' }],
])('error: names %s', (name, env) => {
	expect(() => readConfig(env)).toThrow(new RegExp(`^${name} `));
});

test('error: never repeats a secret', () => {
	expect(() => readConfig({ OPERATOR_KEY: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
});
