/** Seconds left as whole days and a clock `HH:MM:SS`; never below zero. */
export function countdownParts(secondsLeft: number): { days: number; clock: string } {
	const left = Math.max(0, Math.floor(secondsLeft));
	const two = (n: number) => n.toString().padStart(2, '0');
	return {
		days: Math.floor(left / 86_400),
		clock: `${two(Math.floor((left % 86_400) / 3600))}:${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`,
	};
}
