import type { Address, Hex } from 'viem';
import { expect, test } from 'vitest';
import type { Intent } from './promise.ts';
import { Promises } from './promises.ts';
import type { OfferRow } from './snapshot.ts';

const offer = { stock: 100n } as OfferRow;
const intent = (offerId: string, quantity = 1n): Intent => ({
	...{ orderId: '0x01' as Hex, termsHash: '0x' as Hex, signature: '0x' as Hex, key: '0x' as Address, total: 5n, offerId, tab: '' },
	order: { offerId: BigInt(offerId), buyer: '0xb0', quantity, terms: { currency: '0xc0' } } as unknown as Intent['order'],
});

/** Numbers as given after what the disk says; what is numbered here never gets there. */
async function open(onDisk: Record<string, bigint> = {}) {
	const asked: string[] = [];
	const promises = new Promises(
		{ lastPosition: async () => 10n },
		{
			async lastPieces(offerIds) {
				asked.push(...offerIds);
				return new Map(Object.entries(onDisk).filter(([id]) => offerIds.includes(id)));
			},
		},
	);
	await promises.start();
	const pieceOf = async (offerIds: string[], quantity?: bigint) => {
		await promises.learn(offerIds);
		return promises.make(intent(offerIds[0] ?? '', quantity), offer, 1n).piece;
	};
	return { promises, asked, pieceOf };
}

test('default: receipts and pieces go on where the disk ends, and each is looked up once', async () => {
	const { promises, asked, pieceOf } = await open({ 7: 40n });
	expect([await pieceOf(['7']), await pieceOf(['7', '8'], 3n), await pieceOf(['8', '7'])]).toEqual([41n, 44n, 1n]);
	expect([promises.piecesOf('7'), promises.position]).toEqual([44n, 13n]);
	expect(asked).toEqual(['7', '8']);
});

test('error: however many offers somebody makes up, no piece is promised a second time', async () => {
	const { pieceOf, promises } = await open();
	expect(await pieceOf(['7'])).toBe(1n);
	for (let from = 100; from < 50_000; from += 100) await promises.learn(Array.from({ length: 100 }, (_, i) => String(from + i)));
	expect(await pieceOf(['7', 'made up'])).toBe(2n);
});
