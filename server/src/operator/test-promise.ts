import type { NewPromise } from './promise.ts';

/** A promise of one piece; its order's id, piece and position are one number. */
export const promiseNumber = (position: bigint): NewPromise => ({
	receipt: {
		orderId: `0x${position.toString(16).padStart(64, '0')}`,
		buyer: '0x00000000000000000000000000000000000000b1',
		token: '0x00000000000000000000000000000000000000c1',
		total: 5n,
		offerId: 7n,
		piece: position,
		quantity: 1n,
		position,
		byBlock: 100n,
	},
	key: '0x00000000000000000000000000000000000000d1',
	wire: {} as NewPromise['wire'],
	signature: '0x02',
});
