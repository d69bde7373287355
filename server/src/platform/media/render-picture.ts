import { Refusal } from '@kaishi/protocol/platform/errors';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { sniffPicture } from './sniff.ts';

export const MAX_PICTURE_BYTES = 15 * 1024 * 1024;
export const MAX_PICTURE_PIXELS = 40_000_000;
const RENDITION_WIDTHS = [480, 1280];
/** Tall pictures (long screenshots) stay within what WebP can hold and phones can decode. */
const MAX_HEIGHT_TO_WIDTH = 3;
const TIMEOUT_SECONDS = 20;

export interface Rendition {
	format: 'avif' | 'webp';
	width: number;
	height: number;
	bytes: Uint8Array;
}

export interface RenderedPicture {
	width: number;
	height: number;
	renditions: Rendition[];
	/** A few pixels as a data URL. */
	blur: string;
}

/**
 * Decodes a stranger's file and draws it anew in the sizes and formats that pages use: upright, in sRGB, without any metadata.
 * Only these new files are ever kept or served. Refused with `Media_TooLarge`, `Media_UnsupportedType`, `Media_TooManyPixels`
 * or `Media_Unreadable`.
 */
export async function renderPicture(bytes: Uint8Array): Promise<RenderedPicture> {
	if (bytes.length > MAX_PICTURE_BYTES) throw new Refusal('Media_TooLarge', 'invalid', { bytes: String(bytes.length), limit: String(MAX_PICTURE_BYTES) });
	if (!sniffPicture(bytes)) throw new Refusal('Media_UnsupportedType', 'invalid');
	try {
		const { autoOrient } = await readHeader(bytes);
		// Decoded once, at the largest width; the rest is made from these pixels.
		const { data, info } = await open(bytes)
			.autoOrient()
			.resize({ ...boxOf(Math.min(autoOrient.width, Math.max(...RENDITION_WIDTHS))), fit: 'inside', withoutEnlargement: true })
			.toColourspace('srgb')
			.timeout({ seconds: TIMEOUT_SECONDS })
			.raw()
			.toBuffer({ resolveWithObject: true });
		const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
		return { width: info.width, height: info.height, renditions: await encodeAll(pixels, info.width), blur: await blurOf(pixels()) };
	} catch (cause) {
		throw asRefusal(cause);
	}
}

async function readHeader(bytes: Uint8Array): Promise<Metadata> {
	const header = await open(bytes).metadata();
	const pixels = header.width * header.height;
	if (pixels > MAX_PICTURE_PIXELS) throw new Refusal('Media_TooManyPixels', 'invalid', { pixels: String(pixels), limit: String(MAX_PICTURE_PIXELS) });
	return header;
}

/** First frame only. `error` and not `warning`: many phones write files with harmless oddities. */
function open(bytes: Uint8Array): Sharp {
	return sharp(bytes, { limitInputPixels: MAX_PICTURE_PIXELS, sequentialRead: true, failOn: 'error', pages: 1 });
}

const boxOf = (width: number) => ({ width, height: width * MAX_HEIGHT_TO_WIDTH });

/** Settings chosen by measurement: under a second of one core for a photo of 12 megapixels; AVIF efforts above 1 cost three times that for no gain in size. */
async function encodeAll(pixels: () => Sharp, fullWidth: number): Promise<Rendition[]> {
	const widths = RENDITION_WIDTHS.filter((width) => width < fullWidth);
	widths.push(fullWidth);
	const renditions: Rendition[] = [];
	for (const width of widths) {
		const sized = () =>
			pixels()
				.resize({ ...boxOf(width), fit: 'inside', withoutEnlargement: true })
				.timeout({ seconds: TIMEOUT_SECONDS });
		const encoded = [
			{ format: 'avif' as const, ...(await sized().avif({ quality: 55, effort: 1 }).toBuffer({ resolveWithObject: true })) },
			{ format: 'webp' as const, ...(await sized().webp({ quality: 78, effort: 4 }).toBuffer({ resolveWithObject: true })) },
		];
		for (const { format, data, info } of encoded) renditions.push({ format, width: info.width, height: info.height, bytes: data });
	}
	return renditions;
}

/** A tiny WebP as a data URL, shown while the picture loads. */
export async function blurOf(picture: Sharp): Promise<string> {
	const tiny = await picture.resize({ width: 20, height: 20, fit: 'inside' }).webp({ quality: 30, alphaQuality: 40 }).toBuffer();
	return `data:image/webp;base64,${tiny.toString('base64')}`;
}

function asRefusal(cause: unknown): unknown {
	if (cause instanceof Refusal || !(cause instanceof Error)) return cause;
	if (/pixel limit/i.test(cause.message)) return new Refusal('Media_TooManyPixels', 'invalid', { limit: String(MAX_PICTURE_PIXELS) }, { cause });
	return new Refusal('Media_Unreadable', 'invalid', {}, { cause });
}
