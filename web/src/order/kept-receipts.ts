import type { SignedReceipt } from '@kaishi/protocol/operator';

const STORE = 'kaishi.receipts';
const MOST = 50;

function read(): SignedReceipt[] {
	try {
		const list: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
		return Array.isArray(list) ? (list as SignedReceipt[]) : [];
	} catch {
		return [];
	}
}

const sameOrder = (kept: SignedReceipt, orderId: string) => kept.receipt.orderId.toLowerCase() === orderId.toLowerCase();

/** The receipt that this device got for an order: an operator that breaks its word would not show it again. */
export const keptReceipt = (orderId: string): SignedReceipt | null => read().find((kept) => sameOrder(kept, orderId)) ?? null;

/** Storage may be full or forbidden: then the operator's copy is all there is. */
export function keepReceipt(receipt: SignedReceipt) {
	try {
		const others = read().filter((kept) => !sameOrder(kept, receipt.receipt.orderId));
		localStorage.setItem(STORE, JSON.stringify([receipt, ...others].slice(0, MOST)));
	} catch {
		return;
	}
}
