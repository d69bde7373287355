/** What an RTP packet says and holds; only what is needed here. */
export interface RtpPiece {
	sequence: number;
	/** 90 kHz. */
	timestamp: number;
	/** The last one of its picture. */
	isLast: boolean;
	payload: Buffer;
}

export interface AssembledPicture {
	/** 90 kHz, as the sender counts. */
	timestamp: number;
	isKey: boolean;
	/** NAL units without start codes or lengths. */
	units: Buffer[];
}

/** Packets that wait for one that is late; more than these, and it is held for lost. */
const MOST_WAITING = 64;
const SEQUENCES = 0x10000;
const [IDR, STAP_A, FU_A] = [5, 24, 28];
const LONGEST_SINGLE = 23;

/** Puts H.264 pictures together from RTP packets (RFC 6184, packetization mode 1), in the order in which they were sent. After a loss it waits for a key picture. */
export class H264Assembler {
	readonly #maxBytes: number;
	readonly #onPicture: (picture: AssembledPicture) => void;
	readonly #onLoss: () => void;
	readonly #waiting = new Map<number, RtpPiece>();
	#next: number | null = null;
	#units: Buffer[] = [];
	#fragments: Buffer[] = [];
	#bytes = 0;
	#timestamp: number | null = null;
	#isBroken = true;

	/** `maxBytes` of one picture; `onLoss` asks for a key picture. */
	constructor(maxBytes: number, onPicture: (picture: AssembledPicture) => void, onLoss: () => void) {
		[this.#maxBytes, this.#onPicture, this.#onLoss] = [maxBytes, onPicture, onLoss];
	}

	push(piece: RtpPiece): void {
		this.#next ??= piece.sequence;
		if ((piece.sequence - this.#next + SEQUENCES) % SEQUENCES >= SEQUENCES / 2) return;
		this.#waiting.set(piece.sequence, piece);
		if (this.#waiting.size > MOST_WAITING) this.#giveUp(this.#next);
		for (let due = this.#waiting.get(this.#next); due; due = this.#waiting.get(this.#next)) {
			this.#waiting.delete(this.#next);
			this.#next = (this.#next + 1) % SEQUENCES;
			this.#take(due);
		}
	}

	/** What is missing before the first packet that is there will not come any more. */
	#giveUp(from: number): void {
		const ahead = (sequence: number) => (sequence - from + SEQUENCES) % SEQUENCES;
		this.#next = [...this.#waiting.keys()].reduce((first, one) => (ahead(one) < ahead(first) ? one : first));
		this.#lose();
	}

	#lose(): void {
		this.#forget();
		this.#isBroken = true;
		this.#onLoss();
	}

	#take({ timestamp, isLast, payload }: RtpPiece): void {
		if (this.#timestamp !== null && timestamp !== this.#timestamp) this.#finish();
		this.#timestamp = timestamp;
		this.#bytes += payload.length;
		if (this.#bytes > this.#maxBytes) {
			this.#lose();
			return;
		}
		this.#unpack(payload);
		if (isLast) this.#finish();
	}

	#unpack(payload: Buffer): void {
		if (payload.length < 2) return;
		const [first, second] = [payload[0] as number, payload[1] as number];
		const type = first & 31;
		if (type >= 1 && type <= LONGEST_SINGLE) this.#units.push(payload);
		else if (type === STAP_A) {
			for (let at = 1; at + 2 <= payload.length; ) {
				const length = payload.readUInt16BE(at);
				const unit = payload.subarray(at + 2, at + 2 + length);
				if (length > 0 && unit.length === length) this.#units.push(unit);
				at += 2 + length;
			}
		} else if (type === FU_A) {
			if (second & 0x80) this.#fragments = [Buffer.from([(first & 0xe0) | (second & 31)])];
			if (this.#fragments.length > 0) this.#fragments.push(payload.subarray(2));
			if (second & 0x40 && this.#fragments.length > 0) this.#units.push(Buffer.concat(this.#fragments.splice(0)));
		}
	}

	#finish(): void {
		const [units, timestamp] = [this.#units, this.#timestamp ?? 0];
		this.#forget();
		if (units.length === 0) return;
		const isKey = units.some((unit) => ((unit[0] as number) & 31) === IDR);
		if (isKey) this.#isBroken = false;
		if (this.#isBroken) this.#onLoss();
		else this.#onPicture({ timestamp, isKey, units });
	}

	#forget(): void {
		[this.#units, this.#fragments, this.#bytes, this.#timestamp] = [[], [], 0, null];
	}
}
