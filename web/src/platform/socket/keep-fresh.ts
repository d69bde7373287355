import { refreshAll } from '$app/navigation';
import { subscribe } from './socket.ts';

let scheduled: ReturnType<typeof setTimeout> | undefined;

/** Loads the page's data again whenever one of the topics changes, bursts together. For `$effect(() => keepFresh([...]))`. */
export function keepFresh(topics: string[]): () => void {
	const stops = topics.map((topic) =>
		subscribe(topic, () => {
			clearTimeout(scheduled);
			scheduled = setTimeout(() => void refreshAll(), 60);
		}),
	);
	return () => {
		for (const stop of stops) stop();
	};
}
