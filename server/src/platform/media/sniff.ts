export type PictureType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif';

const AVIF_BRANDS = ['avif', 'avis'];

/** What the bytes are by their own signature, whatever name or type they came with; null for all that is not a picture we take. */
export function sniffPicture(bytes: Uint8Array): PictureType | null {
	const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
	if (ascii(0, 8) === '\u0089PNG\r\n\u001a\n') return 'image/png';
	if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
	if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
	if (ascii(4, 8) === 'ftyp') {
		// ISO 14496-12: major brand, minor version, then compatible brands up to the end of the box.
		const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 64, bytes.length);
		for (let at = 8; at + 4 <= end; at += 4) if (at !== 12 && AVIF_BRANDS.includes(ascii(at, at + 4))) return 'image/avif';
	}
	return null;
}

const MANIFEST_START = '{"height":';

/** Type to serve a stored file as: our own renditions and manifests (canonical JSON sorts `height` first); null for anything else. */
export function sniffStored(bytes: Uint8Array): PictureType | 'application/json' | null {
	return sniffPicture(bytes) ?? (String.fromCharCode(...bytes.subarray(0, MANIFEST_START.length)) === MANIFEST_START ? 'application/json' : null);
}
