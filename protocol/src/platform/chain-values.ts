import * as v from 'valibot';
import { type Address, getAddress, type Hex } from 'viem';

/** An address in any case; parsed to its checksummed spelling. */
export const address = v.pipe(
	v.custom<Address>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{40}$/.test(x), 'address'),
	v.transform((text) => getAddress(text)),
);

/** 32 bytes in any case; parsed to lower case. */
export const bytes32 = v.pipe(
	v.custom<Hex>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{64}$/.test(x), 'bytes32'),
	v.transform((text) => text.toLowerCase() as Hex),
);
