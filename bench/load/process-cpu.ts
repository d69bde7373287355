import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds that each part has used so far, user and system. */
export interface CpuUse {
	/** The market's own process: HTTP, sequencer, embedded chain, indexer. */
	node: number;
	/** Its PostgreSQL, all processes; null when it runs elsewhere. */
	postgres: number | null;
}

/** Of a second, in which Linux counts; the same on every machine that runs Node. */
const TICK_MS = 10;

interface Stat {
	pid: number;
	name: string;
	parent: number;
	/** Own user and system time. */
	ownMs: number;
	/** Of children that have ended. */
	endedMs: number;
}

/** What the process `pid` and the PostgreSQL below it have used. Null where there is no /proc. */
export function readCpu(pid: number): CpuUse | null {
	const all = readStats();
	const node = all?.find((one) => one.pid === pid);
	if (!all || !node) return null;
	const postmaster = all.find((one) => one.parent === pid && one.name.startsWith('postgres'));
	if (!postmaster) return { node: node.ownMs, postgres: null };
	const backends = all.filter((one) => one.parent === postmaster.pid).reduce((sum, one) => sum + one.ownMs, 0);
	return { node: node.ownMs, postgres: postmaster.ownMs + postmaster.endedMs + backends };
}

export function cpuBetween(before: CpuUse, after: CpuUse): CpuUse {
	return { node: after.node - before.node, postgres: before.postgres === null || after.postgres === null ? null : after.postgres - before.postgres };
}

export const sumCpu = (one: CpuUse, other: CpuUse): CpuUse => ({
	node: one.node + other.node,
	postgres: one.postgres === null || other.postgres === null ? null : one.postgres + other.postgres,
});

/** Of one process alone. Null where there is no /proc, or no such process. */
export const readOwnCpuMs = (pid: number): number | null => readStat(pid)?.ownMs ?? null;

function readStats(): Stat[] | null {
	try {
		return readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name))
			.map((name) => readStat(Number(name)))
			.filter((stat) => stat !== null);
	} catch {
		return null;
	}
}

/** See proc(5): the name stands in brackets and may hold anything. */
function readStat(pid: number): Stat | null {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const end = text.lastIndexOf(')');
		const fields = text
			.slice(end + 2)
			.split(' ')
			.map(Number);
		const [, parent = 0] = fields;
		const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
		return {
			pid,
			name: text.slice(text.indexOf('(') + 1, end),
			parent,
			ownMs: (user + system) * TICK_MS,
			endedMs: (endedUser + endedSystem) * TICK_MS,
		};
	} catch {
		// ended meanwhile, or not Linux
		return null;
	}
}
