import { expect, test } from 'vitest';
import { Lease, type Moment, momentOf, newLeaseMemory } from './lease.ts';

function leaseAt() {
	const now: Moment = { monotonic: 0, wall: 1_000_000 };
	const clocks = { monotonic: () => now.monotonic, wall: () => now.wall };
	const pass = (monotonic: number, wall = monotonic) => {
		now.monotonic += monotonic;
		now.wall += wall;
	};
	const lease = new Lease(7, { milliseconds: 1500, memory: newLeaseMemory(), clocks });
	lease.renew(now);
	return { lease, pass, moment: () => momentOf(clocks) };
}

test('default: current while it is renewed, counted from the question and not from the answer', () => {
	const { lease, pass, moment } = leaseAt();
	pass(1000);
	const asked = moment();
	pass(200);
	lease.renew(asked);
	pass(1099);
	expect(lease.isCurrent()).toBe(true);
	pass(1);
	expect(lease.isCurrent()).toBe(false);
	expect(() => lease.require()).toThrow(expect.objectContaining({ code: 'Cluster_NoLeader', kind: 'unavailable', details: { term: '7' } }));
});

test.each([
	['stopped', 60_000, 60_000],
	['asleep with its machine', 0, 60_000],
	['with a clock that was set back', 60_000, -3600_000],
])('error: over for a process that was %s, before it has asked anybody', (_, monotonic, wall) => {
	const { lease, pass } = leaseAt();
	pass(monotonic, wall);
	expect(lease.isCurrent()).toBe(false);
});

test('error: over at once when the connection is', () => {
	const { lease } = leaseAt();
	lease.require();
	lease.end();
	expect(lease.isCurrent()).toBe(false);
});
