import { expect, test } from 'vitest';
import type { ReceiptSigner } from './receipts.ts';
import { SoldOutNotices } from './sold-out.ts';

function open() {
	let signed = 0;
	const signer = { signSoldOut: () => `0x0${++signed}` } as unknown as ReceiptSigner;
	return { notices: new SoldOutNotices(signer), signed: () => signed };
}

test('default: one signature for everybody who comes too late, with what they wanted', () => {
	const { notices, signed } = open();
	expect([notices.isFresh('7'), notices.text('7', '1')]).toEqual([false, null]);
	notices.post('7', 100n, 120n);
	notices.post('7', 100n, 125n);
	expect(notices.isFresh('7')).toBe(true);
	const told = ['1', '2', '1'].map((wanted) => JSON.parse(notices.text('7', wanted) ?? ''));
	expect(told.map(({ error }) => error.details)).toEqual(
		['1', '2', '1'].map((wanted) => ({ offerId: '7', left: '0', wanted, pieces: '100', position: '120', signature: '0x01' })),
	);
	expect(signed()).toBe(1);
	notices.takeDown('7');
	expect([notices.isFresh('7'), notices.text('7', '1')]).toEqual([false, null]);
});

test('behavior: it is known whether a crowd is being told', () => {
	const { notices } = open();
	notices.post('7', 100n, 120n);
	notices.text('8', '1');
	expect(notices.areHandedOut).toBe(false);
	notices.text('7', '1');
	expect(notices.areHandedOut).toBe(true);
});
