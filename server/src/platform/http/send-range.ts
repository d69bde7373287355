import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

export interface RangedFile {
	path: string;
	/** Bytes of it that may be read; a file that grows is read up to here. */
	size: number;
	type: string;
	cacheControl: string;
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** A file, or the one range of it that was asked for (RFC 9110 §14). Null: there is no such file. */
export async function sendRange({ path, size, type, cacheControl }: RangedFile, rangeHeader: string | undefined): Promise<Response | null> {
	const headers = { 'Content-Type': type, 'Cache-Control': cacheControl, 'Accept-Ranges': 'bytes' };
	const range = rangeOf(rangeHeader, size);
	if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } });
	const [start, end] = range ?? [0, size - 1];
	const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
	if (!file) return null;
	const stream = size === 0 ? null : file.createReadStream({ start, end, autoClose: true });
	if (!stream) await file.close();
	return new Response(stream && (Readable.toWeb(stream) as ReadableStream), {
		status: range ? 206 : 200,
		headers: { ...headers, 'Content-Length': String(end - start + 1), ...(range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}) },
	});
}

/** First and last byte; null for the whole file. What is malformed or names several ranges counts as not said. */
function rangeOf(header: string | undefined, size: number): [number, number] | 'unsatisfiable' | null {
	const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? [];
	if (from === '' && to === '') return null;
	if (from === '') return Number(to) === 0 || size === 0 ? 'unsatisfiable' : [Math.max(0, size - Number(to)), size - 1];
	if (Number(from) >= size) return 'unsatisfiable';
	if (to !== '' && Number(to) < Number(from)) return null;
	return [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}
