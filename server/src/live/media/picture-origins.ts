import type { Config } from '../../platform/config/config.ts';

/** Where browsers get pictures besides here: a LiveKit server's socket, and its API, which says why the socket was refused. */
export function pictureOriginsOf({ livekit }: Pick<Config, 'livekit'>): string[] {
	if (!livekit) return [];
	const { protocol, host } = new URL(livekit.url);
	return [`${protocol}//${host}`, `${protocol === 'wss:' ? 'https:' : 'http:'}//${host}`];
}
