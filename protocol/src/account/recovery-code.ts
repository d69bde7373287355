import { bytesToHex, type Hex, hexToBytes, keccak256, sha256, stringToHex } from 'viem';

/** Crockford's base 32: no I, L, O or U, so that nothing is taken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 26 symbols hold 130 random bits; two more check what was typed. */
const SECRET_LENGTH = 26;
const CHECK_LENGTH = 2;
const GROUP = 4;
/** Bytes of randomness that a code is made of. */
export const RECOVERY_CODE_BYTES = 17;

/** A recovery code of 130 random bits, in seven groups of four: `K7QF-…`. `random`: 17 bytes from a secure source. */
export function recoveryCodeFrom(random: Uint8Array): string {
	if (random.length !== RECOVERY_CODE_BYTES) throw new RangeError(`${random.length} bytes of randomness instead of ${RECOVERY_CODE_BYTES}`);
	let bits = BigInt(bytesToHex(random)) >> 6n;
	let secret = '';
	for (let i = 0; i < SECRET_LENGTH; i++) {
		secret = `${ALPHABET[Number(bits & 31n)]}${secret}`;
		bits >>= 5n;
	}
	return (secret + checkOf(secret)).match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? '';
}

/** The code as it was issued, from what somebody typed: any case, any gaps, O for 0 and I or L for 1. Null when a symbol is wrong or missing. */
export function readRecoveryCode(typed: string): string | null {
	const symbols = typed
		.toUpperCase()
		.replaceAll(/[\s\-–—_.]/g, '')
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
	if (symbols.length !== SECRET_LENGTH + CHECK_LENGTH || [...symbols].some((symbol) => !ALPHABET.includes(symbol))) return null;
	const secret = symbols.slice(0, SECRET_LENGTH);
	if (symbols.slice(SECRET_LENGTH) !== checkOf(secret)) return null;
	return symbols.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? null;
}

/**
 * The private key (secp256k1) that a code stands for: its address is what becomes a guardian. 130 random bits need no
 * stretching; the words in front keep the key apart from anything else that may be hashed from the code.
 */
export function recoveryKeyOf(code: string): Hex {
	const read = readRecoveryCode(code);
	if (read === null) throw new RangeError('not a recovery code');
	return keccak256(stringToHex(`Kaishi recovery code\n${read}`));
}

/** Ten bits: one mistake in a thousand goes unseen, and leads to a key that guards nothing. */
function checkOf(secret: string): string {
	const [first = 0, second = 0] = hexToBytes(sha256(stringToHex(`Kaishi recovery code\n${secret}`)));
	const bits = (first << 8) | second;
	return `${ALPHABET[bits >> 11]}${ALPHABET[(bits >> 6) & 31]}`;
}
