/** The environment, parsed once at boot. Nothing else reads `process.env`. */
export interface Config {
	/** Where journal, database, media and keys live. KAISHI_DATA, default `.kaishi`. */
	dataDir: string;
	/** HOST, default 127.0.0.1. */
	host: string;
	/** PORT, default 4000. */
	port: number;
	/** PUBLIC_URL: origin that links, passkeys and sign-in messages are bound to. Default `http://localhost:<port>`. */
	publicUrl: string;
	/** RPC_URL: a real chain instead of the embedded one, or the embedded one in a process of its own. */
	rpcUrl: string | null;
	/** OPERATOR_KEY: pays gas on a real chain; the embedded chain makes its own. */
	operatorKey: `0x${string}` | null;
	/** CURRENCIES: JSON file listing the tokens a market on a real chain accepts; the embedded chain makes its own. */
	currenciesFile: string | null;
	/** DATABASE_URL: a PostgreSQL instead of the embedded one. */
	databaseUrl: string | null;
	/**
	 * CLUSTER_URL: where other servers on the same chain and database reach this one, apart from the public; it listens there. Default:
	 * `http://127.0.0.1` at a free port, for servers on one machine.
	 */
	clusterUrl: string;
	/** BLOCK_MS: longest wait before a block is cut under load, default 100. */
	blockMs: number;
	/** TRUST_PROXY=1: take the client's address from X-Forwarded-For. */
	trustProxy: boolean;
	/** RTMP_PORT: where encoders such as OBS send live pictures, on HOST; default 1935, `off` for none, 0 for any free one. */
	rtmpPort: number | null;
	/**
	 * WHIP_UDP_PORTS: encoders may send by WebRTC, too (RFC 9725), over these ports of all our addresses, such as `50000-50100`; default none.
	 * WHIP_ADDRESS: what the world reaches them by, where that is none of our own; null: one of our own.
	 */
	whip: { ports: [number, number]; address: string | null } | null;
	/** LIVE_PATIENCE_SECONDS: how long a show waits for a host whose connection is lost, default 90. */
	livePatienceSeconds: number;
	/** LIVE_STORAGE_GB: recordings of shows take up so much at most, the oldest go first; default 50. */
	liveStorageBytes: number;
	/** LIVE_KEEP_DAYS: recordings are deleted so long after their show, default 90. */
	liveKeepDays: number;
	/**
	 * LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET: a LiveKit server carries the pictures of shows instead of this process. LIVEKIT_EGRESS_URL: where
	 * its egress reaches our RTMP door; then shows are recorded, and play without WebRTC, too. Null: no replays.
	 */
	livekit: { url: string; apiKey: string; apiSecret: string; egressUrl: string | null } | null;
	/** NODE_ENV. */
	production: boolean;
}
