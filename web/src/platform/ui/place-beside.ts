/** Puts a fixed popover below its button, or above it where there is no room, and inside the window. */
export function placeBeside(popover: HTMLElement, button: HTMLElement) {
	const margin = 12;
	const anchor = button.getBoundingClientRect();
	const place = () => {
		const { width, height } = popover.getBoundingClientRect();
		const left = Math.max(margin, Math.min(anchor.left + anchor.width / 2 - width / 2, document.documentElement.clientWidth - width - margin));
		const below = anchor.bottom + 8;
		const top = below + height + margin <= innerHeight ? below : Math.max(margin, anchor.top - height - 8);
		popover.style.left = `${left}px`;
		popover.style.top = `${top}px`;
	};
	place();
	// Its contents are written after it opened.
	requestAnimationFrame(place);
}
