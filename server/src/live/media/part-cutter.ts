import { audioRun, fragment, type Run, type Sample, videoRun } from './mp4/fragment.ts';

/** A stretch of a show as one moof and mdat, both tracks in it, with true durations: for players that take them at their word. */
export interface Part {
	bytes: Buffer;
	/** On the show's clock, µs. */
	startUs: number;
	durationUs: number;
	/** Decoding can begin here. */
	isIndependent: boolean;
	/** A segment begins here. */
	beginsSegment: boolean;
	/** Nothing was sent for a while before this: clocks begin anew. */
	afterGap: boolean;
}

/** A part is closed by the first picture this far from its start. */
export const PART_US = 300_000;
/** Segments are at least so long, then end with the next key picture. */
const SEGMENT_US = 1_000_000;
const SOUND_SEGMENT_US = 2_000_000;
/** Without a key picture a segment ends by force, and nothing more comes before the next one. Encoders' widest usual distance is ten seconds. */
const MAX_SEGMENT_US = 12_000_000;
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024;
const GAP_US = 700_000;
/** Of the last picture before a gap. */
const LAST_PICTURE_US = 33_333;

/** Cuts units into parts: a part ends when the first picture of the next one is there, so its last picture's length is known. */
export class PartCutter {
	readonly #onPart: (part: Part) => void;
	readonly #hasVideo: boolean;
	#pictures: Sample[] = [];
	#sound: Sample[] = [];
	#sequence = 0;
	#startUs = 0;
	#segmentUs: number | null = null;
	#segmentBytes = 0;
	#beginsSegment = true;
	#afterGap = false;
	#isIndependent = true;

	constructor(hasVideo: boolean, onPart: (part: Part) => void) {
		this.#hasVideo = hasVideo;
		this.#onPart = onPart;
	}

	addPicture(sample: Sample): void {
		if (this.#isTooMuch(sample)) this.end();
		const last = this.#pictures.at(-1);
		if (!last) {
			if (!sample.isKey && this.#segmentUs === null) return;
			this.#open(sample.timestampUs, sample.isKey);
		} else {
			const apart = sample.timestampUs - last.timestampUs;
			last.durationUs = apart > GAP_US ? LAST_PICTURE_US : apart;
			if (apart > GAP_US) this.#afterGapAt(sample);
			else if (sample.isKey || sample.timestampUs - this.#startUs >= PART_US) {
				this.#close(sample.timestampUs);
				this.#open(sample.timestampUs, sample.isKey);
			}
		}
		this.#pictures.push({ ...sample });
	}

	addSound(sample: Sample): void {
		if (this.#isTooMuch({ ...sample, isKey: false })) this.end();
		if (this.#hasVideo) {
			if (this.#pictures.length > 0) this.#sound.push(sample);
			return;
		}
		const last = this.#sound.at(-1);
		if (last && sample.timestampUs - last.timestampUs > GAP_US) this.#afterGapAt(sample);
		else if (last && sample.timestampUs - this.#startUs >= PART_US) this.#close(sample.timestampUs);
		if (this.#sound.length === 0) this.#open(sample.timestampUs, true);
		this.#sound.push(sample);
	}

	/** Closes what is open: nothing more comes. */
	end(): void {
		const last = this.#pictures.at(-1);
		if (last) last.durationUs = LAST_PICTURE_US;
		this.#close(null);
		this.#afterGap = true;
		this.#segmentUs = null;
		this.#segmentBytes = 0;
	}

	/** Counts what comes, and says whether the open segment can hold it. */
	#isTooMuch({ timestampUs, data, isKey }: Sample): boolean {
		this.#segmentBytes += data.length;
		if (this.#segmentUs === null || isKey) return this.#segmentBytes > MAX_SEGMENT_BYTES;
		return this.#segmentBytes > MAX_SEGMENT_BYTES || timestampUs - this.#segmentUs > MAX_SEGMENT_US;
	}

	#afterGapAt(sample: Sample): void {
		this.end();
		if (sample.isKey || !this.#hasVideo) this.#open(sample.timestampUs, true);
	}

	#open(startUs: number, isKey: boolean): void {
		this.#startUs = startUs;
		this.#isIndependent = isKey;
		const least = this.#hasVideo ? SEGMENT_US : SOUND_SEGMENT_US;
		this.#beginsSegment = isKey && (this.#segmentUs === null || startUs - this.#segmentUs >= least);
		if (!this.#beginsSegment) return;
		this.#segmentUs = startUs;
		this.#segmentBytes = 0;
	}

	/** `untilUs`: where the next part starts; sound from there on belongs to it. */
	#close(untilUs: number | null): void {
		const later = untilUs === null || !this.#hasVideo ? [] : this.#sound.filter((sample) => sample.timestampUs >= untilUs);
		const sound = later.length === 0 ? this.#sound : this.#sound.filter((sample) => sample.timestampUs < (untilUs ?? Number.POSITIVE_INFINITY));
		const pictures = this.#pictures;
		this.#pictures = [];
		this.#sound = later;
		const runs: Run[] = [];
		if (pictures.length > 0) runs.push(videoRun(pictures));
		if (sound.length > 0) runs.push(audioRun(sound));
		const last = pictures.at(-1) ?? sound.at(-1);
		if (!last) return;
		this.#onPart({
			bytes: fragment(++this.#sequence, runs),
			startUs: this.#startUs,
			durationUs: last.timestampUs + last.durationUs - this.#startUs,
			isIndependent: this.#isIndependent,
			beginsSegment: this.#beginsSegment,
			afterGap: this.#afterGap,
		});
		this.#afterGap = false;
	}
}
