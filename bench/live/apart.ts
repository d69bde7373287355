import { type ChildProcess, spawnSync } from 'node:child_process';

/** Set in the process that runs apart. */
const APART = 'KAISHI_BENCH_APART';

/** Whether the kernel takes in what loopback sockets receive on another core than the sender's. */
export const isApart = (): boolean => process.env[APART] === '1';

// A network of its own, so that nothing of the machine's is changed; all that arrives there is taken in by the second core.
const SET_UP = 'ip link set lo up && mount -t sysfs none /sys && echo 2 > /sys/class/net/lo/queues/rx-0/rps_cpus && exec "$@"';

/**
 * Runs this program again where receiving does not happen on the sender's time: over loopback the kernel does the receiver's work within the sender's
 * write, which on two machines it never would. Needs Linux, two cores and the rights of root. Exits with the program's status.
 * @returns false if this machine does not allow it; then nothing has happened.
 */
export function runApart(): boolean {
	if (isApart()) return false;
	if (spawnSync('unshare', ['-nm', 'sh', '-c', SET_UP, 'sh', 'taskset', '-c', '0', 'true'], { stdio: 'ignore' }).status !== 0) return false;
	const own = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
	const { status } = spawnSync('unshare', ['-nm', 'sh', '-c', SET_UP, 'sh', ...own], { stdio: 'inherit', env: { ...process.env, [APART]: '1' } });
	process.exit(status ?? 1);
}

/** Apart, the sender has the first core and listeners the second; otherwise they share. */
export function keepOnCore(child: ChildProcess, core: 0 | 1): void {
	if (isApart()) spawnSync('taskset', ['-a', '-p', '-c', String(core), String(child.pid)], { stdio: 'ignore' });
}
