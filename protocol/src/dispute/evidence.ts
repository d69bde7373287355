import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import { CONTENT_ID } from '../platform/content-id.ts';

/** What a side brings before the court, as ERC-1497 files. Whoever reads one checks its bytes against the content id that the chain holds. */

export const MAX_EVIDENCE_FILES = 5;
export const MAX_EVIDENCE_FILE_BYTES = 6 * 1024 * 1024;
/** Of one piece of evidence, all files together. */
export const MAX_EVIDENCE_BYTES = 16 * 1024 * 1024;
export const MAX_EVIDENCE_TEXT = 4000;
/** Types that a reader can be shown; what a file really is, its first bytes tell. */
export const evidenceTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'text/plain'] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

const fileName = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const byteCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EVIDENCE_FILE_BYTES));
const statement = v.pipe(v.string(), v.maxLength(MAX_EVIDENCE_TEXT));
const contentId = v.pipe(v.string(), v.regex(CONTENT_ID));
const listed = v.object({ name: fileName, type: v.picklist(evidenceTypes), bytes: byteCount });

/** Open to everybody. `description` and the files are the statement. */
const openEvidence = v.object({
	name: v.pipe(v.string(), v.maxLength(120)),
	description: statement,
	files: v.pipe(v.array(v.object({ ...listed.entries, cid: contentId })), v.maxLength(MAX_EVIDENCE_FILES)),
});

/** Only for the two sides and the drawn jurors: everything is inside the ciphertext that `fileURI` names. */
const sealedEvidence = v.object({
	name: v.pipe(v.string(), v.maxLength(120)),
	fileURI: v.pipe(v.string(), v.startsWith('ipfs://'), v.maxLength(80)),
	sealed: v.literal('AES-256-GCM, HPKE-X25519'),
});

export const evidenceFile = v.union([sealedEvidence, openEvidence]);
export type EvidenceFile = v.InferOutput<typeof evidenceFile>;
export type OpenEvidence = v.InferOutput<typeof openEvidence>;
export type SealedEvidence = v.InferOutput<typeof sealedEvidence>;
export const isSealed = (file: EvidenceFile): file is SealedEvidence => 'sealed' in file;

export const evidenceUri = (cid: string) => `ipfs://${cid}`;

/** The content id in an evidence URI of ours; null for any other. */
export function contentIdOfUri(uri: string): string | null {
	const cid = uri.startsWith('ipfs://') ? uri.slice('ipfs://'.length) : '';
	return CONTENT_ID.test(cid) ? cid : null;
}

export interface PlainFile {
	name: string;
	type: EvidenceType;
	bytes: Uint8Array;
}

/** What is inside a ciphertext. */
export interface Statement {
	text: string;
	files: PlainFile[];
}

const header = v.object({ text: statement, files: v.pipe(v.array(listed), v.maxLength(MAX_EVIDENCE_FILES)) });

/** One run of bytes: length of the header (4 bytes, big-endian), header as JSON, the files one after another. */
export function packStatement({ text, files }: Statement): Uint8Array<ArrayBuffer> {
	const head = new TextEncoder().encode(JSON.stringify({ text, files: files.map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length })) }));
	const packed = new Uint8Array(4 + head.length + files.reduce((sum, { bytes }) => sum + bytes.length, 0));
	new DataView(packed.buffer).setUint32(0, head.length);
	packed.set(head, 4);
	let at = 4 + head.length;
	for (const { bytes } of files) {
		packed.set(bytes, at);
		at += bytes.length;
	}
	return packed;
}

/** Throws `RangeError` for bytes that are no statement of ours: whoever sealed them may have sealed anything. */
export function unpackStatement(packed: Uint8Array): Statement {
	const size = packed.length >= 4 ? new DataView(packed.buffer, packed.byteOffset).getUint32(0) : 0;
	if (size === 0 || 4 + size > packed.length) throw new RangeError('not a statement');
	let parsed: v.InferOutput<typeof header>;
	try {
		parsed = v.parse(header, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(packed.subarray(4, 4 + size))));
	} catch (cause) {
		throw new RangeError('not a statement', { cause });
	}
	let at = 4 + size;
	const files = parsed.files.map(({ name, type, bytes }) => {
		const end = at + bytes;
		if (end > packed.length) throw new RangeError('a statement that is cut off');
		const file = { name, type, bytes: packed.slice(at, end) };
		at = end;
		return file;
	});
	if (at !== packed.length) throw new RangeError('more than a statement');
	return { text: parsed.text, files };
}

/** What a file is by its first bytes; null for everything that is not shown. Text is what is valid UTF-8 without control characters. */
export function sniffEvidence(bytes: Uint8Array): EvidenceType | null {
	const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
	if (ascii(0, 8) === '\u0089PNG\r\n\u001a\n') return 'image/png';
	if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
	if (ascii(0, 5) === '%PDF-') return 'application/pdf';
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? null : 'text/plain';
	} catch {
		return null;
	}
}

/** A published X25519 key, and what its owner signed to say that it is theirs. */
export interface ReadingKey {
	account: Address;
	/** 32 bytes. */
	publicKey: Hex;
	/** Of `readingKeyStatement`: a wallet's personal signature, or ERC-1271 of an account. */
	signature: Hex;
}

/** A data key sealed to one reader. */
export interface SealedKey {
	/** Of the ciphertext. */
	cid: string;
	reader: Address;
	/** The reader's key that it is sealed to. */
	publicKey: Hex;
	/** HPKE's encapsulated key, 32 bytes. */
	enc: Hex;
	ciphertext: Hex;
}
