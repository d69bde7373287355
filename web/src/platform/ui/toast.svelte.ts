export interface Toast {
	id: number;
	text: string;
	tone: 'plain' | 'good' | 'bad';
}

let nextId = 1;
export const toasts = $state<Toast[]>([]);

/** Shows a short message for a few seconds; bad news stays twice as long. */
export function toast(text: string, tone: Toast['tone'] = 'plain') {
	const id = nextId++;
	toasts.push({ id, text, tone });
	setTimeout(() => dismissToast(id), tone === 'bad' ? 10_000 : 5_000);
}

export function dismissToast(id: number) {
	const index = toasts.findIndex((entry) => entry.id === id);
	if (index >= 0) toasts.splice(index, 1);
}
