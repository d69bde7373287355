export type AddressProblem = 'malformed' | 'checksum';

/**
 * What is wrong with an address somebody typed or pasted, before money goes there. Mixed capitals are a checksum (EIP-55)
 * and must fit; all-lower and all-upper ones carry none. Loads the hash function only for mixed ones.
 */
export async function addressProblem(text: string): Promise<AddressProblem | null> {
	const address = text.trim();
	if (!/^0x[0-9a-fA-F]{40}$/.test(address) || /^0x0{40}$/.test(address)) return 'malformed';
	const digits = address.slice(2);
	if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return null;
	const { isAddress } = await import('viem');
	return isAddress(address, { strict: true }) ? null : 'checksum';
}

export const sameAddress = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
