import { type Order, type OrderWire, orderFromWire } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';

/** The columns of an order that make up what both sides agreed to. */
export interface AgreementRow {
	offer_id: string;
	version: number;
	terms: string;
	buyer: string;
	quantity: string;
	affiliate: string;
	fee_bps: number;
	details_hash: string;
	valid_before: string;
	salt: string;
}

/** The whole order as the contract wants it back; its EIP-712 digest is the order's id. */
export function toOrderWire(row: AgreementRow): OrderWire {
	return {
		offerId: row.offer_id,
		version: row.version,
		terms: JSON.parse(row.terms) as OrderWire['terms'],
		buyer: row.buyer as Address,
		quantity: row.quantity,
		affiliate: row.affiliate as Address,
		feeBps: row.fee_bps,
		detailsHash: row.details_hash as Hex,
		validBefore: row.valid_before,
		salt: row.salt as Hex,
	};
}

export function toOrder(row: AgreementRow): Order {
	return orderFromWire(toOrderWire(row));
}
