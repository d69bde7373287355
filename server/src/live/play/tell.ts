import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { LiveDoor } from '../live-over.ts';
import type { PlayReads } from './reads.ts';

/** Hundreds enter a pot in a second: a room hears of it ten times. */
const CALM_MS = 100;

export interface PotNews {
	hear(messages: readonly Pick<ServerMessage, 'topic'>[]): void;
	/** Resolves when nothing is being told any more. */
	stop(): Promise<void>;
}

/** Tells rooms how their pots stand, as strangers see them, whenever the tables say something new of one. */
export function createPotNews({ reads, door, onError }: { reads: PlayReads; door: Pick<LiveDoor, 'tell'>; onError(error: unknown): void }): PotNews {
	const changed = new Set<string>();
	let telling: Promise<void> | null = null;
	let stopped = false;
	const tell = async () => {
		await new Promise((resolve) => setTimeout(resolve, CALM_MS));
		const ids = [...changed];
		changed.clear();
		for (const id of ids) {
			const view = stopped ? null : await reads.pot(id, null);
			if (view) await door.tell(view.show, [{ kind: view.kind === 'draw' ? 'draw' : 'packet', id, view }]);
		}
	};
	const run = async () => {
		while (changed.size > 0 && !stopped) await tell().catch(onError);
		telling = null;
	};
	return {
		hear(messages) {
			for (const { topic } of messages) if (topic.startsWith('pot:')) changed.add(topic.slice('pot:'.length));
			if (changed.size > 0 && !stopped) telling ??= run();
		},
		async stop() {
			stopped = true;
			await telling;
		},
	};
}
