import { parseArgs } from 'node:util';
import { type Door, doors } from '../world/intents.ts';

export interface DropOptions {
	/** Pieces, of all products together. */
	stock: number;
	/** People who tap, forgers included. */
	buyers: number;
	products: number;
	/** Percent of the intents with signatures by wrong keys. */
	forged: number;
	/** kill -9 in the middle of the race. */
	kill: boolean;
	door: Door;
	/** Serve the web and keep looking at the product page. */
	page: boolean;
	/** Orders of an earlier drop of something else, so that code is compiled and tables are open as on any day. */
	warmUp: number;
	/** Where the chart goes; null: none. */
	chart: string | null;
	/** Where a CPU profile of the market during the race goes; null: none. */
	profile: string | null;
}

const whole = (name: string, text: string, least: number): number => {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} takes a whole number of at least ${least}`);
	return value;
};

/** What stands on the command line. Throws in plain words. */
export function readDropOptions(args: string[]): DropOptions {
	const { values } = parseArgs({
		args,
		options: {
			stock: { type: 'string', default: '100' },
			buyers: { type: 'string', default: '1000' },
			products: { type: 'string', default: '1' },
			forged: { type: 'string', default: '0' },
			kill: { type: 'boolean', default: false },
			door: { type: 'string', default: 'intents' },
			'no-page': { type: 'boolean', default: false },
			'warm-up': { type: 'string', default: '1000' },
			chart: { type: 'string' },
			profile: { type: 'string' },
		},
	});
	if (!Object.hasOwn(doors, values.door)) throw new Error(`--door is one of ${Object.keys(doors).join(', ')}`);
	const forged = whole('forged', values.forged, 0);
	if (forged > 50) throw new Error('--forged is a percentage of at most 50');
	return {
		stock: whole('stock', values.stock, 1),
		buyers: whole('buyers', values.buyers, 1),
		products: whole('products', values.products, 1),
		forged,
		kill: values.kill,
		door: values.door as Door,
		page: !values['no-page'],
		warmUp: whole('warm-up', values['warm-up'], 0),
		chart: values.chart ?? null,
		profile: values.profile ?? null,
	};
}
