export interface Toast {
	id: number;
	text: string;
	tone: 'plain' | 'good' | 'bad';
	/** A way back, or on. */
	action?: { text: string; run: () => void };
}

let nextId = 1;
export const toasts = $state<Toast[]>([]);

/** Shows a short message for a few seconds; bad news and what can be undone stay twice as long. */
export function toast(text: string, tone: Toast['tone'] = 'plain', action?: Toast['action']) {
	const id = nextId++;
	toasts.push({ id, text, tone, ...(action ? { action } : {}) });
	setTimeout(() => dismissToast(id), tone === 'bad' || action ? 10_000 : 5_000);
}

export function dismissToast(id: number) {
	const index = toasts.findIndex((entry) => entry.id === id);
	if (index >= 0) toasts.splice(index, 1);
}
