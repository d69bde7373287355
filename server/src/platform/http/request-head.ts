/** What is needed of a request's head. */
export interface RequestHead {
	/** Bytes of the body. */
	length: number;
	origin: string | undefined;
	forwardedFor: string | undefined;
	/** Whether the sender wants the connection closed after the answer. */
	close: boolean;
}

/** A header's name, a colon, printable text. */
const LINE = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([\x20-\x7e\t]*)$/;

/**
 * Reads the header lines of a request, without the request line. Null for whatever is not of the plainest form: no single
 * Content-Length, a body in chunks, anything to be agreed on first, a line that more than one reading could be made of.
 */
export function readHead(lines: string): RequestHead | null {
	const head: RequestHead = { length: -1, origin: undefined, forwardedFor: undefined, close: false };
	let hosts = 0;
	for (const line of lines.split('\r\n')) {
		const parts = LINE.exec(line);
		if (parts === null) return null;
		const value = (parts[2] ?? '').trimEnd();
		switch ((parts[1] ?? '').toLowerCase()) {
			case 'content-length':
				if (head.length >= 0 || !/^\d{1,7}$/.test(value)) return null;
				head.length = Number(value);
				break;
			case 'host':
				hosts++;
				break;
			case 'origin':
				if (head.origin !== undefined) return null;
				head.origin = value;
				break;
			case 'x-forwarded-for':
				// Several lines are one list, as Node reads them.
				head.forwardedFor = head.forwardedFor === undefined ? value : `${head.forwardedFor}, ${value}`;
				break;
			case 'connection': {
				const wish = value.toLowerCase();
				if (wish !== 'keep-alive' && wish !== 'close') return null;
				head.close ||= wish === 'close';
				break;
			}
			case 'transfer-encoding':
			case 'content-encoding':
			case 'expect':
			case 'upgrade':
			case 'trailer':
				return null;
		}
	}
	return head.length < 0 || hosts !== 1 ? null : head;
}
