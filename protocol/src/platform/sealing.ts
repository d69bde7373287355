import { type Address, concat, encodeAbiParameters, type Hex, hashDomain, hashMessage, keccak256, stringToHex } from 'viem';

/** Pure parts of sealing: what is signed, and what ciphertexts are bound to. Keys are made and used in the browser alone. */

/** Fixed and public input of the passkey's PRF; the browser hashes it with a prefix of its own. */
export const READING_PRF_INPUT = 'kaishi/v1/reading-key';
/** What a wallet signs to get its reading key: the signature is the secret, so it is never sent anywhere. */
export const readingSecretMessage = (origin: string) =>
	`Kaishi reading key\n\nThis signature is the key to sealed files. Only sign it on ${origin}, and never show it to anybody.`;

/** What HKDF derives from one secret: each purpose its own key. */
export const derivations = { readingKey: 'kaishi/v1/x25519', voteSalt: 'kaishi/v1/vote' } as const;

/** HPKE `info` of a sealed data key: a key sealed for one reader and file opens nothing else. */
export const sealingInfo = (cid: string, reader: Address) => `kaishi/v1/sealed-key\n${cid}\n${reader.toLowerCase()}`;
/** Additional data of a ciphertext: what is moved under another case cannot be read there. */
export const sealingContext = (chainId: number, scope: string) => `kaishi/v1/sealed\n${chainId}\n${scope}`;
/** What a vote's salt is derived for: the same secret finds it again in any browser. */
export const voteContext = (chainId: number, disputeId: string, round: number, juror: Address) =>
	`${derivations.voteSalt}\n${chainId}\n${disputeId}\n${round}\n${juror.toLowerCase()}`;

/** What an owner signs to say which key sealed files are for. */
export const readingKeyStatement = (account: Address, publicKey: Hex, chainId: number) =>
	`Kaishi reading key\n\nSealed files for ${account.toLowerCase()} on chain ${chainId} are to be sealed to ${publicKey.toLowerCase()}.`;

const PERSONAL_SIGN = keccak256(stringToHex('PersonalSign(bytes prefixed)'));

/** What a contract account's signer signs for a personal message, so that the signature counts for this account alone (ERC-7739). */
export function personalSignDigest(message: string, account: Address, chainId: number): Hex {
	const domain = hashDomain({
		domain: { name: 'Kaishi Account', version: '1', chainId: BigInt(chainId), verifyingContract: account },
		types: {
			EIP712Domain: [
				{ name: 'name', type: 'string' },
				{ name: 'version', type: 'string' },
				{ name: 'chainId', type: 'uint256' },
				{ name: 'verifyingContract', type: 'address' },
			],
		},
	});
	const struct = keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [PERSONAL_SIGN, hashMessage(message)]));
	return keccak256(concat(['0x1901', domain, struct]));
}
