/** A position in a show as players write it: `3:07`, `1:03:07`. */
export function clockText(positionMs: number): string {
	const seconds = Math.max(0, Math.floor(positionMs / 1000));
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
	const two = (part: number) => part.toString().padStart(2, '0');
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
