import { page } from '$app/state';

const tick = $state({ wall: 0 });
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Chain time in Unix seconds: what deadlines are measured by. */
export function chainNow(): number {
	return Math.floor(Date.now() / 1000) + (page.data.market?.clockOffset ?? 0);
}

/** Chain time that moves on every second while a component watches; call inside an effect or `$derived`. */
export function tickingNow(): number {
	return (tick.wall || Math.floor(Date.now() / 1000)) + (page.data.market?.clockOffset ?? 0);
}

/** Keeps the clock running; returns how to stop. For `$effect(watchClock)`. */
export function watchClock(): () => void {
	watchers += 1;
	timer ??= setInterval(() => {
		tick.wall = Math.floor(Date.now() / 1000);
	}, 1000);
	return () => {
		watchers -= 1;
		if (watchers === 0) {
			clearInterval(timer);
			timer = undefined;
		}
	};
}
