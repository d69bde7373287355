export * from './api.ts';
export * from './book.ts';
export * from './calls.ts';
export * from './channel.ts';
export * from './limits.ts';
export * from './opening.ts';
export * from './purchase.ts';
export * from './signature.ts';
export * from './state.ts';
export {
	type PayeeWire,
	type PurchaseWire,
	payeesFromWire,
	payeesToWire,
	payeesWire,
	purchaseFromWire,
	purchaseToWire,
	purchaseWire,
	type TabStateWire,
	tabStateFromWire,
	tabStateToWire,
	tabStateWire,
} from './wire.ts';
