import { expect, test } from 'vitest';
import { countedAddress } from './peer-address.ts';

test.each([
	['default: the peer itself', undefined, '203.0.113.9', true, '203.0.113.9'],
	['this machine', undefined, '::ffff:127.0.0.1', true, 'local'],
	['no socket at all', undefined, undefined, true, 'local'],
	['the last word of a trusted proxy', '198.51.100.1, 203.0.113.9', '127.0.0.1', true, '203.0.113.9'],
	['a header that nobody vouches for', '198.51.100.1', '203.0.113.9', false, '203.0.113.9'],
	['a subscriber’s whole network', '2001:DB8:0:7::1', '127.0.0.1', true, '2001:db8:0:7::/64'],
	['another address of it', '2001:db8::7:ffff:1:2:3', '127.0.0.1', true, '2001:db8:0:7::/64'],
	['another network', '2001:db8:0:8::1', '127.0.0.1', true, '2001:db8:0:8::/64'],
	['a mapped IPv4 address', undefined, '::ffff:203.0.113.9', true, '::ffff:203.0.113.9'],
] as const)('%s', (_, forwarded, remote, trust, counted) => {
	expect(countedAddress(forwarded, remote, trust)).toBe(counted);
});
