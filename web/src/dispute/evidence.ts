import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import {
	contentIdOfUri,
	type EvidenceFile,
	evidenceFile,
	evidenceUri,
	isSealed,
	type OwnKeys,
	type PlainFile,
	type PostSealedKeys,
	packStatement,
	type ReadingKey,
	type SealedKey,
	type Statement,
	type StoredBlob,
	sniffEvidence,
	unpackStatement,
} from '@kaishi/protocol/dispute';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { contentIdOfDigest } from '@kaishi/protocol/platform/content-id';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { sealingContext } from '@kaishi/protocol/platform/sealing';
import * as v from 'valibot';
import { api } from '#platform/api/client.ts';
import { openBytes, sealBytes } from '#platform/sealing/cipher.ts';
import { type ReadingKeyPair, readingKeyOf, sealKey } from '#platform/sealing/reading-key.ts';
import { type ReadingSecret, readingSecret } from '#platform/sealing/secret.ts';
import { isSignedKey, signReadingKey } from '#platform/sealing/signed-key.ts';

/** A person's reading key, ready to open things. */
export interface Reader {
	viewer: Viewer;
	market: MarketInfo;
	pair: ReadingKeyPair;
	source: ReadingSecret['source'];
}

const context = (market: MarketInfo, id: string) => sealingContext(market.chainId, `dispute ${id}`);

/** Opens the person's reading key and publishes it, signed, when it is not known yet. Asks once, the first time twice. Throws `Refusal`. */
export async function becomeReader(viewer: Viewer, market: MarketInfo): Promise<Reader> {
	const secret = await readingSecret(viewer);
	const pair = await readingKeyOf(secret);
	const published = await api.get<ReadingKey | null>('/api/reading-key');
	if (published?.publicKey !== pair.publicKey) {
		const signature = await signReadingKey(viewer, pair.publicKey, market);
		await api.put('/api/reading-key', { publicKey: pair.publicKey, signature });
	}
	return { viewer, market, pair, source: secret.source };
}

async function upload(id: string, bytes: Uint8Array<ArrayBuffer>, sealed: boolean): Promise<string> {
	const cid = await contentIdOfBytes(bytes);
	const stored = await api.upload<StoredBlob>(`/api/disputes/${id}/blobs${sealed ? '?sealed=1' : ''}`, new Blob([bytes]));
	if (stored.cid !== cid) throw new Refusal('Server_Refused', 'unavailable', { cid });
	return cid;
}

async function contentIdOfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return contentIdOfDigest(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

async function uploadFile(id: string, file: EvidenceFile): Promise<string> {
	return evidenceUri(await upload(id, new Uint8Array(toCanonicalBytes(file)), false));
}

/** Leaves a public statement with the operator; the URI is what the chain is to hold. */
export async function prepareOpen(id: string, { text, files }: Statement): Promise<string> {
	const listed = [];
	for (const { name, type, bytes } of files) listed.push({ name, type, bytes: bytes.length, cid: await upload(id, new Uint8Array(bytes), false) });
	return uploadFile(id, { name: 'Statement', description: text, files: listed });
}

/** Encrypts a statement here, seals its key to everybody who may read, and leaves both with the operator, who can read neither. */
export async function prepareSealed(id: string, statement: Statement, reader: Reader): Promise<string> {
	const { market } = reader;
	const { key, ciphertext } = await sealBytes(packStatement(statement), context(market, id));
	const cid = await upload(id, ciphertext, true);
	const readers = await api.get<ReadingKey[]>(`/api/disputes/${id}/readers`);
	await sealTo(id, [{ cid, key }], readers, market);
	return uploadFile(id, { name: 'Sealed statement', fileURI: evidenceUri(cid), sealed: 'AES-256-GCM, HPKE-X25519' });
}

async function sealTo(
	id: string,
	opened: readonly { cid: string; key: Uint8Array<ArrayBuffer> }[],
	readers: readonly ReadingKey[],
	market: MarketInfo,
): Promise<void> {
	const keys: SealedKey[] = [];
	for (const reader of readers) {
		// A key that its owner has not signed may be anybody's.
		if (!(await isSignedKey(reader, market))) continue;
		for (const { cid, key } of opened)
			keys.push({ cid, reader: reader.account, publicKey: reader.publicKey, ...(await sealKey(key, reader.publicKey, cid, reader.account)) });
	}
	if (keys.length > 0) await api.post(`/api/disputes/${id}/keys`, { keys } satisfies PostSealedKeys);
}

/** The keys to a case's sealed files, by content id. Whoever else may read and has no key yet gets one on the way. */
export async function openKeys(id: string, reader: Reader): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
	const { keys, missing } = await api.get<OwnKeys>(`/api/disputes/${id}/keys`);
	const opened = new Map<string, Uint8Array<ArrayBuffer>>();
	for (const sealed of keys) {
		if (opened.has(sealed.cid) || sealed.publicKey !== reader.pair.publicKey) continue;
		// Sealed by somebody who did it wrong, perhaps on purpose: another one's may fit.
		const key = await reader.pair.open(sealed, sealed.cid, reader.viewer.address).catch(() => null);
		if (key) opened.set(sealed.cid, key);
	}
	for (const { cid, reader: other } of missing) {
		const key = opened.get(cid);
		if (key) await sealTo(id, [{ cid, key }], [other], reader.market).catch(() => undefined);
	}
	return opened;
}

async function download(id: string, cid: string): Promise<Uint8Array<ArrayBuffer>> {
	const response = await fetch(`/api/disputes/${id}/blobs/${cid}`).catch(() => null);
	if (!response?.ok) throw new Refusal('Dispute_UnknownFile', 'notFound', { cid });
	const bytes = new Uint8Array(await response.arrayBuffer());
	if ((await contentIdOfBytes(bytes)) !== cid) throw new Refusal('Dispute_UnknownFile', 'notFound', { cid });
	return bytes;
}

/** The evidence file that the chain names, checked against its content id. */
export async function readEvidence(id: string, cid: string): Promise<EvidenceFile> {
	const parsed = v.safeParse(evidenceFile, JSON.parse(new TextDecoder().decode(await download(id, cid))));
	if (!parsed.success) throw new Refusal('Dispute_UnknownFile', 'notFound', { cid });
	return parsed.output;
}

/** What a piece of evidence says. Null when it is sealed and none of the keys fits. Throws for what is not what it claims to be. */
export async function readStatement(
	id: string,
	file: EvidenceFile,
	keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
	market: MarketInfo,
): Promise<Statement | null> {
	if (!isSealed(file)) {
		const files: PlainFile[] = [];
		for (const { name, type, cid } of file.files) files.push({ name, type, bytes: await download(id, cid) });
		return { text: file.description, files: files.filter(isAsClaimed) };
	}
	const cid = contentIdOfUri(file.fileURI);
	const key = cid === null ? undefined : keys.get(cid);
	if (cid === null || !key) return null;
	const statement = unpackStatement(await openBytes(await download(id, cid), key, context(market, id)));
	return { text: statement.text, files: statement.files.filter(isAsClaimed) };
}

/** Bytes decide what a file is, not what somebody called it. */
const isAsClaimed = ({ bytes, type }: PlainFile) => sniffEvidence(bytes) === type;
