// A thread for thread.test.ts.
import { Refusal } from '@kaishi/protocol/platform/errors';
import { serveThread } from './serve-thread.ts';

serveThread(({ base }: { base: bigint }) => ({
	methods: {
		add: (numbers: Map<string, bigint>) => new Map([...numbers].map(([name, value]) => [name, value + base])),
		async refuse() {
			throw new Refusal('Catalog_SoldOut', 'conflict', { left: '0' });
		},
		fail() {
			throw new RangeError('out of range');
		},
		never: () => new Promise<void>(() => {}),
		end: () => process.exit(),
		burst: () =>
			new Promise(() => {
				setImmediate(() => {
					throw new Error('burst');
				});
			}),
	},
}));
