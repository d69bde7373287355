import { sizeOfAvc } from '../rtmp/avc-size.ts';
import type { VideoTrack } from '../track.ts';

const [SLICE, IDR, SPS, PPS] = [1, 5, 7, 8];
const typeOf = (unit: Buffer) => (unit[0] as number) & 31;

/** The track that a picture's own parameter sets describe; null when it carries none that are sound. */
export function trackOfUnits(units: readonly Buffer[]): VideoTrack | null {
	const [sps, pps] = [units.find((unit) => typeOf(unit) === SPS), units.find((unit) => typeOf(unit) === PPS)];
	if (!sps || !pps || sps.length < 4) return null;
	const [head, between] = [Buffer.from([1, sps[1] as number, sps[2] as number, sps[3] as number, 0xff, 0xe1, 0, 0]), Buffer.from([1, 0, 0])];
	head.writeUInt16BE(sps.length, 6);
	between.writeUInt16BE(pps.length, 1);
	const avcC = Buffer.concat([head, sps, between, pps]);
	const size = sizeOfAvc(avcC);
	return size && { kind: 'video', avcC, ...size };
}

/** The picture itself as MP4 keeps it: each unit after four bytes of its length; parameter sets stand in the track. */
export function sampleOfUnits(units: readonly Buffer[]): Buffer {
	const slices = units.filter((unit) => typeOf(unit) >= SLICE && typeOf(unit) <= IDR);
	return Buffer.concat(
		slices.flatMap((unit) => {
			const length = Buffer.alloc(4);
			length.writeUInt32BE(unit.length);
			return [length, unit];
		}),
	);
}
