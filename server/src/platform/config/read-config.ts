import { resolve } from 'node:path';
import * as v from 'valibot';
import type { Config } from './config.ts';

/** Thrown at boot when the environment makes no sense; the message names the variable. */
export class ConfigError extends Error {
	override name = 'ConfigError';
}

const number = (min: number, max: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d+$/, 'must be a whole number'),
		v.transform(Number),
		v.minValue(min, `must be at least ${min}`),
		v.maxValue(max, `must be at most ${max}`),
	);
const httpUrl = v.pipe(
	v.string(),
	v.url('must be a URL'),
	v.check((text) => /^https?:$/.test(new URL(text).protocol), 'must start with http:// or https://'),
);
const origin = v.pipe(
	httpUrl,
	v.check((text) => new URL(text).pathname === '/', 'must be an origin without a path'),
	v.transform((text) => new URL(text).origin),
);
const postgresUrl = v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must start with postgres://'));
const privateKey = v.custom<`0x${string}`>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{64}$/.test(x), 'must be 0x and 64 hexadecimal digits');

const environment = v.object({
	KAISHI_DATA: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty')), '.kaishi'),
	HOST: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'must be a host name or address')), '127.0.0.1'),
	PORT: v.optional(number(0, 65_535), '4000'),
	PUBLIC_URL: v.optional(origin),
	RPC_URL: v.optional(httpUrl),
	OPERATOR_KEY: v.optional(privateKey),
	CURRENCIES: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty'))),
	DATABASE_URL: v.optional(postgresUrl),
	CLUSTER_URL: v.optional(
		v.pipe(
			origin,
			v.check((text) => text.startsWith('http://'), 'must start with http://'),
		),
		'http://127.0.0.1:0',
	),
	BLOCK_MS: v.optional(number(1, 60_000), '100'),
	TRUST_PROXY: v.optional(v.picklist(['0', '1'], 'must be 0 or 1'), '0'),
	RTMP_PORT: v.optional(v.union([v.literal('off'), number(0, 65_535)], 'must be a port or off'), '1935'),
	WHIP_UDP_PORTS: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^\d{4,5}-\d{4,5}$/, 'must be two ports such as 50000-50100'),
			v.transform((text) => text.split('-').map(Number) as [number, number]),
			v.check(([first, last]) => first >= 1024 && first < last && last <= 65_535, 'must go from a lower to a higher port'),
		),
	),
	WHIP_ADDRESS: v.optional(v.union([v.pipe(v.string(), v.ipv4()), v.pipe(v.string(), v.ipv6())], 'must be an address')),
	LIVE_PATIENCE_SECONDS: v.optional(number(1, 3600), '90'),
	LIVE_STORAGE_GB: v.optional(number(0, 1_000_000), '50'),
	LIVE_KEEP_DAYS: v.optional(number(1, 36_500), '90'),
	LIVEKIT_URL: v.optional(v.pipe(v.string(), v.regex(/^wss?:\/\//, 'must start with wss:// or ws://'))),
	LIVEKIT_API_KEY: v.optional(v.string()),
	LIVEKIT_API_SECRET: v.optional(v.string()),
	LIVEKIT_EGRESS_URL: v.optional(v.pipe(v.string(), v.regex(/^rtmps?:\/\/[^/]+\/\w+$/, 'must look like rtmp://host:1935/live'))),
	NODE_ENV: v.optional(v.string(), 'development'),
});

/**
 * Parses the environment once. Empty variables count as absent. Throws `ConfigError` naming the variable, never its value:
 * it may be a secret.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
	const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
	const parsed = v.safeParse(environment, present);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		throw new ConfigError(`${v.getDotPath(issue) ?? 'environment'} ${issue.message}`);
	}
	const e = parsed.output;
	if (e.RPC_URL !== undefined && e.OPERATOR_KEY === undefined)
		throw new ConfigError('OPERATOR_KEY must be set together with RPC_URL: somebody has to pay the gas');
	return {
		dataDir: resolve(e.KAISHI_DATA),
		host: e.HOST,
		port: e.PORT,
		publicUrl: e.PUBLIC_URL ?? `http://localhost:${e.PORT}`,
		rpcUrl: e.RPC_URL ?? null,
		operatorKey: e.OPERATOR_KEY ?? null,
		currenciesFile: e.CURRENCIES ?? null,
		databaseUrl: e.DATABASE_URL ?? null,
		clusterUrl: e.CLUSTER_URL,
		blockMs: e.BLOCK_MS,
		trustProxy: e.TRUST_PROXY === '1',
		rtmpPort: e.RTMP_PORT === 'off' ? null : e.RTMP_PORT,
		whip: e.WHIP_UDP_PORTS ? { ports: e.WHIP_UDP_PORTS, address: e.WHIP_ADDRESS ?? null } : null,
		livePatienceSeconds: e.LIVE_PATIENCE_SECONDS,
		liveStorageBytes: e.LIVE_STORAGE_GB * 1e9,
		liveKeepDays: e.LIVE_KEEP_DAYS,
		livekit: liveKitOf(e),
		production: e.NODE_ENV === 'production',
	};
}

function liveKitOf(e: v.InferOutput<typeof environment>): Config['livekit'] {
	const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret, LIVEKIT_EGRESS_URL: egressUrl } = e;
	if (url === undefined) return null;
	if (apiKey === undefined) throw new ConfigError('LIVEKIT_API_KEY must be set together with LIVEKIT_URL');
	if (apiSecret === undefined) throw new ConfigError('LIVEKIT_API_SECRET must be set together with LIVEKIT_URL');
	if (egressUrl !== undefined && e.RTMP_PORT === 'off') throw new ConfigError('LIVEKIT_EGRESS_URL needs an RTMP_PORT: recordings come in there');
	return { url, apiKey, apiSecret, egressUrl: egressUrl ?? null };
}
