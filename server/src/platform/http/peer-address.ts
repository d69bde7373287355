import type { IncomingHttpHeaders } from 'node:http';

/** This machine: the operator, a test, or a proxy. */
export const LOCAL = 'local';
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Whom limits count: the socket's peer, or what the proxy in front says it is. */
export function peerAddress(request: { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } }, trustProxy: boolean): string {
	return countedAddress(request.headers['x-forwarded-for']?.toString(), request.socket.remoteAddress, trustProxy);
}

/** As `peerAddress`, of the bare header and address. */
export function countedAddress(forwardedFor: string | undefined, remote: string | undefined, trustProxy: boolean): string {
	const forwarded = trustProxy ? forwardedFor?.split(',').at(-1)?.trim() : undefined;
	if (forwarded) return networkOf(forwarded);
	return remote === undefined || LOOPBACK.test(remote) ? LOCAL : networkOf(remote);
}

/** An IPv6 subscriber holds a whole /64: its addresses count as one. Anything else counts as it is. */
function networkOf(address: string): string {
	if (!address.includes(':') || address.includes('.')) return address;
	const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
	const before = head === '' ? [] : head.split(':');
	const after = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
	const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
	return `${groups
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
		.join(':')}::/64`;
}
