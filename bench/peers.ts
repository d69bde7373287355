/**
 * What others cost, quoted from earlier measurements on two cores of the same kind of machine with their own defaults, not
 * measured again in the same run. Rates are per second.
 */
export const peers = {
	/** Bare pages with the same data. SvelteKit's own is what the framework under our pages gives without a product on it. */
	pages: {
		SvelteKit: { list: 586, product: 1383 },
		'React Router': { list: 232, product: 509 },
		'TanStack Start': { list: 277, product: 648 },
		Next: { list: 184, product: 156 },
	},
	/**
	 * CPU milliseconds for one product's detail: the lower ends of both quoted parts. Whether their database counts in it
	 * is not known; ours does not count PostgreSQL, so the ratio may flatter us.
	 */
	productCpuMs: { 'Vendure 3.7.3': 7 + 9, 'Medusa 2.21': 51 + 11 },
	orders: {
		'Vendure 3.7.3': { perSecond: 7, cpuSecondsPerOrder: 0.2 },
		'Medusa 2.21': { perSecond: 0.8, cpuSecondsPerOrder: 1 },
	},
	/** A thousand buyers and a stock of a hundred. `lastAnswerMs`: null where it was not written down. */
	drop: {
		'Vendure 3.7.3': { stock: 100, buyers: 1000, sold: 1000, lastAnswerMs: null },
		'Medusa 2.21': { stock: 100, buyers: 1000, sold: 19, lastAnswerMs: 240_000 },
	},
} as const;

/** "3.2×", with as many digits as mean something. */
export function ratio(ours: number, theirs: number): string {
	const value = ours / theirs;
	return `${value >= 10 ? value.toFixed(0) : value.toFixed(1)}×`;
}

export const percentile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
