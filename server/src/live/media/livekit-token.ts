import { randomUUID } from 'node:crypto';
import { AccessToken, TrackSource, TwirpError } from 'livekit-server-sdk';

/** Each connection asks for its own; whoever is in the room gets newer ones from LiveKit. */
export const PUBLISH_SECONDS = 60;
export const PLAY_SECONDS = 6 * 3600;

const SOURCES = [TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];

/**
 * For one room, to send picture and sound as `account`, or only to watch when there is none. LiveKit puts out whoever has the same name
 * as who comes: a host who comes back takes the place of the line that was lost, but viewers each need a name of their own.
 */
export function liveKitToken(keys: { apiKey: string; apiSecret: string }, showId: string, account: string | null): Promise<string> {
	const [canPublish, identity] = [account !== null, account ?? `viewer ${randomUUID()}`];
	const token = new AccessToken(keys.apiKey, keys.apiSecret, { identity, ttl: canPublish ? PUBLISH_SECONDS : PLAY_SECONDS });
	// Chat has its own way: nobody sends data through the picture's room.
	const common = { roomJoin: true, room: showId, canSubscribe: true, canPublishData: false, hidden: !canPublish, canPublish };
	token.addGrant(canPublish ? { ...common, canPublishSources: SOURCES } : common);
	return token.toJwt();
}

/** What is gone already need not go again. */
export async function ignoreMissing<T>(asked: Promise<T>): Promise<T | null> {
	return asked.catch((error: unknown) => {
		if (error instanceof TwirpError && error.status === 404) return null;
		throw error;
	});
}
