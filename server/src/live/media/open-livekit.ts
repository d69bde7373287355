import { EgressClient } from 'livekit-server-sdk';
import type { Config } from '../../platform/config/config.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';
import { LiveKitArchive } from './livekit-archive.ts';
import { LiveKitEngine } from './livekit-engine.ts';

/** Pictures through a LiveKit server; `engine` keeps what its egress sends. */
export function openLiveKit(config: Config, keys: NonNullable<Config['livekit']>, engine: EmbeddedEngine, onError: (error: unknown) => void): LiveKitEngine {
	const { url, apiKey, apiSecret, egressUrl } = keys;
	const egress = new EgressClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
	const archive = egressUrl === null ? null : new LiveKitArchive({ egress, engine, url: egressUrl });
	return new LiveKitEngine({ url, apiKey, apiSecret, patienceSeconds: config.livePatienceSeconds, archive, onError });
}
