import { readIndex, type SegmentEntry } from '../media/recording/recording-index.ts';
import { recordingMs } from '../media/recording/recording-playlist.ts';
import type { StreamEvent } from '../media/stream-source.ts';
import { type Gap, gapsOf } from '../replay/gaps.ts';

/** What the picture does, or a recording. */
export type ShowNews =
	| { kind: 'away' | 'back' }
	| { kind: 'ended'; reason: 'host' | 'away' }
	| { kind: 'replay'; fromMs: number; durationMs: number; gaps: Gap[] }
	| { kind: 'replay-gone' };

/** What happens to a show's picture, as it changes the show. `directory`: where it is recorded. */
export async function notePicture(event: StreamEvent, directory: string, note: (news: ShowNews) => Promise<void> | undefined): Promise<void> {
	if (event.type === 'away' || event.type === 'back') await note({ kind: event.type });
	if (event.type === 'ended') await note({ kind: 'ended', reason: event.reason === 'timeout' ? 'away' : 'host' });
	if (event.type !== 'recorded') return;
	const entries = await readIndex(directory);
	const first = entries.find((entry): entry is SegmentEntry => entry.kind === 'segment');
	if (first) await note({ kind: 'replay', fromMs: Math.round(first.atMs), durationMs: recordingMs(entries), gaps: gapsOf(entries) });
}
