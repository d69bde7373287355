/** A WebSocket binary message (RFC 6455 §5.2), unmasked and whole, made once for everybody who gets it. */
export function frameHeaderBytes(length: number): number {
	return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}

const BINARY = 0x82;
const TEXT = 0x81;

/** Writes the header of a message of `length` bytes at the start of `target`. */
export function writeFrameHeader(target: Buffer, length: number, opcode: number = BINARY): void {
	target[0] = opcode;
	if (length < 126) {
		target[1] = length;
	} else if (length < 65_536) {
		target[1] = 126;
		target.writeUInt16BE(length, 2);
	} else {
		target[1] = 127;
		target.writeUInt32BE(0, 2);
		target.writeUInt32BE(length, 6);
	}
}

/** A text message with its header. */
export function textFrame(text: string): Buffer {
	return framed(Buffer.from(text), TEXT);
}

/** Bytes with the header of a binary message. */
export function binaryFrame(body: Buffer): Buffer {
	return framed(body, BINARY);
}

function framed(body: Buffer, opcode: number): Buffer {
	const head = frameHeaderBytes(body.length);
	const frame = Buffer.allocUnsafe(head + body.length);
	writeFrameHeader(frame, body.length, opcode);
	body.copy(frame, head);
	return frame;
}
