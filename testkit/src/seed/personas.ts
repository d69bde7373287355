import { type Hex, hexToBytes, keccak256, stringToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { buyers, jurors, type Person, sellers } from './data/people.ts';

/**
 * Keys of the seeded people are derived from a text that everybody can read, so that demonstrations and tests can sign in
 * as them. They exist on embedded chains only, where all money is play money.
 */
const SEED = 'kaishi seeded world: play money only';

export interface Persona extends Person {
	/** A wallet's private key, or the secret of a passkey. */
	secret: Hex;
}

const withSecret = (person: Person): Persona => ({ ...person, secret: keccak256(stringToBytes(`${SEED} / ${person.id}`)) });

/** Everybody, by id. */
export const personas: ReadonlyMap<string, Persona> = new Map([...sellers, ...jurors, ...buyers].map((person) => [person.id, withSecret(person)]));

export function personaOf(id: string): Persona {
	const persona = personas.get(id);
	if (!persona) throw new RangeError(`nobody is called ${id}`);
	return persona;
}

/** Where a wallet persona's money is; passkey accounts depend on the deployment. */
export const walletAddressOf = (persona: Persona) => privateKeyToAddress(persona.secret);
export const passkeySecretOf = (persona: Persona): Uint8Array => hexToBytes(persona.secret);
