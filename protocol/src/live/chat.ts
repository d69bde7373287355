import * as v from 'valibot';
import { type Address, type Hex, stringToBytes } from 'viem';
import { toCanonicalBytes } from '../platform/canonical-json.ts';
import { cleanText } from '../platform/plain-text.ts';
import { MAX_LINE_CHARS, MAX_SPEAKER_NAME_CHARS, SHOW_ID } from './limits.ts';

export type Badge = 'host' | 'moderator' | 'seller';

/** A line as the room shows it. */
export interface ChatLine {
	/** Its place among the show's records. */
	seq: number;
	account: Address;
	name: string;
	text: string;
	/** Milliseconds. */
	at: number;
	badge: Badge | null;
}

const hex = (bytes: number) =>
	v.pipe(
		v.custom<Hex>((x) => typeof x === 'string' && new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(x), `hex${bytes}`),
		v.transform((text) => text.toLowerCase() as Hex),
	);
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));

/** One line of words: nothing that breaks the line, nothing invisible. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/gu, ' ').trim();

/** What a browser's key signs: see `lineBytes`. The text is as `cleanLine` leaves it. */
export const lineBody = v.strictObject({
	show: v.pipe(v.string(), v.regex(SHOW_ID)),
	text: v.pipe(
		v.string(),
		v.minLength(1),
		v.check((text) => [...text].length <= MAX_LINE_CHARS && cleanLine(text) === text, 'text'),
	),
	at: milliseconds,
	nonce: hex(16),
});
export type LineBody = v.InferOutput<typeof lineBody>;

/** `speaker`: the public key, uncompressed P-256. `signature`: ECDSA with SHA-256 over `lineBytes`, r and s of 32 bytes each. */
export const signedLine = v.strictObject({ line: lineBody, speaker: hex(65), signature: hex(64) });
export type SignedLine = v.InferOutput<typeof signedLine>;

const LINE_PREFIX = 'Kaishi live line\n';

/** The bytes that a line's signature is over. */
export function lineBytes(line: LineBody): Uint8Array<ArrayBuffer> {
	const [prefix, body] = [stringToBytes(LINE_PREFIX), toCanonicalBytes(line)];
	const bytes = new Uint8Array(prefix.length + body.length);
	bytes.set(prefix);
	bytes.set(body, prefix.length);
	return bytes;
}

/** POST /api/live/speakers → `SpeakerView`: the signed-in account vouches for a browser's key. `signature` is over `speakerStatement`. */
export const speakerBody = v.strictObject({
	publicKey: hex(65),
	/** What the room calls the account. */
	name: v.pipe(
		v.string(),
		v.check((text) => text !== '' && [...text].length <= MAX_SPEAKER_NAME_CHARS && cleanLine(text) === text, 'name'),
	),
	/** Unix seconds, at most `SPEAKER_SECONDS` ahead. */
	until: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)),
	signature: v.pipe(
		v.custom<Hex>((x) => typeof x === 'string' && /^0x([0-9a-fA-F]{2}){1,4096}$/.test(x), 'signature'),
		v.transform((text) => text as Hex),
	),
});
export type SpeakerBody = v.InferOutput<typeof speakerBody>;

/** GET /api/live/speakers: the signed-in account's keys that still count. */
export interface SpeakerView {
	publicKey: Hex;
	name: string;
	until: number;
}

/** What an account signs to say that a browser's key speaks for it in live rooms (a personal signature, as `readingKeyStatement`). */
export const speakerStatement = ({
	account,
	publicKey,
	name,
	until,
	chainId,
}: {
	account: Address;
	publicKey: Hex;
	name: string;
	until: number;
	chainId: number;
}) =>
	`Kaishi live rooms\n\nUntil ${new Date(until * 1000).toISOString()} the key ${publicKey.toLowerCase()} speaks as "${name}" for ${account.toLowerCase()} on chain ${chainId}. It moves no money.`;
