/**
 * Makes an element the handle by which its row (`li`) is dragged to another place of its list, by mouse, finger or pen; arrow keys
 * move it, too. Where it would land is marked by `data-drop` on the row it would stand before (`before`) or after (`after`).
 */
export const dragOrder = (index: number, move: (from: number, to: number) => void) => (handle: HTMLElement) => {
	let stop: (() => void) | null = null;
	const rowsOf = () => [...(handle.closest('li')?.parentElement?.children ?? [])].filter((row): row is HTMLElement => row instanceof HTMLElement);

	function grab(event: PointerEvent) {
		if (event.button !== 0 || stop) return;
		event.preventDefault();
		let to = index;
		const clear = () => {
			for (const row of rowsOf()) delete row.dataset.drop;
		};
		const over = ({ clientY }: PointerEvent) => {
			clear();
			const rows = rowsOf();
			const found = rows.findIndex((row) => clientY < row.getBoundingClientRect().bottom);
			to = found === -1 ? rows.length - 1 : found;
			const target = rows[to];
			if (to !== index && target) target.dataset.drop = to < index ? 'before' : 'after';
		};
		const drop = () => {
			stop?.();
			if (to !== index) move(index, to);
		};
		const cancel = () => stop?.();
		addEventListener('pointermove', over);
		addEventListener('pointerup', drop);
		addEventListener('pointercancel', cancel);
		stop = () => {
			clear();
			removeEventListener('pointermove', over);
			removeEventListener('pointerup', drop);
			removeEventListener('pointercancel', cancel);
			stop = null;
		};
	}
	function key(event: KeyboardEvent) {
		const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
		const to = index + step;
		if (step === 0 || to < 0 || to >= rowsOf().length) return;
		event.preventDefault();
		move(index, to);
	}
	handle.addEventListener('pointerdown', grab);
	handle.addEventListener('keydown', key);
	return () => {
		stop?.();
		handle.removeEventListener('pointerdown', grab);
		handle.removeEventListener('keydown', key);
	};
};
