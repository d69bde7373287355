import type { RenditionView, StreamHealth } from '@kaishi/protocol/live';
import { type ParticipantInfo, TrackType } from 'livekit-server-sdk';

/** What LiveKit knows of a room's people and tracks, as the host's console shows it. Layers come smallest first. */
export function healthOf(live: boolean, people: readonly ParticipantInfo[]): StreamHealth {
	const publishing = people.filter(({ tracks }) => tracks.length > 0);
	const picture = publishing.flatMap(({ tracks }) => tracks).find(({ type }) => type === TrackType.VIDEO);
	const layers = [...(picture?.layers ?? [])].sort((one, other) => other.width - one.width);
	const renditions: RenditionView[] = layers.map(({ width, height, bitrate }, id) => ({ id, width, height, kbps: Math.round(bitrate / 1000) }));
	const kbps = renditions.reduce((sum, rendition) => sum + rendition.kbps, 0);
	return { live, viewers: people.length - publishing.length, kbps, droppedFrames: 0, latencyMs: null, renditions };
}
