import { refreshAll } from '$app/navigation';
import { chance } from '../chance.ts';
import { subscribe } from './socket.ts';

let scheduled: ReturnType<typeof setTimeout> | undefined;

/** Where a crowd looks at the same page, milliseconds, and by chance up to twice as long. */
const CALM_MS = 5000;

/** Without a network the page would turn into an error: what it shows stays until there is one again. */
function refresh(): void {
	if (navigator.onLine) void refreshAll();
	else addEventListener('online', refresh, { once: true });
}

/**
 * Loads the page's data again whenever one of the topics changes, bursts together. For `$effect(() => keepFresh([...]))`.
 * `calm`: at most every few seconds, for pages with a crowd before them.
 */
export function keepFresh(topics: string[], { calm = false } = {}): () => void {
	let due = false;
	const stops = topics.map((topic) =>
		subscribe(topic, () => {
			if (calm && due) return;
			due = true;
			clearTimeout(scheduled);
			scheduled = setTimeout(
				() => {
					due = false;
					refresh();
				},
				calm ? CALM_MS * (1 + chance()) : 60,
			);
		}),
	);
	return () => {
		for (const stop of stops) stop();
	};
}
