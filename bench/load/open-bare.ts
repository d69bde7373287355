import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that reads requests and answers them, see `bare-server.ts`. */
export interface BareServer {
	origin: string;
	close(): Promise<void>;
}

export async function openBare(): Promise<BareServer> {
	const child = fork(join(import.meta.dirname, 'bare-server.ts'), { stdio: 'inherit' });
	const gone = once(child, 'exit');
	const [{ port }] = (await Promise.race([
		once(child, 'message'),
		gone.then(() => {
			throw new Error('the bare server ended');
		}),
	])) as [{ port: number }];
	return {
		origin: `http://localhost:${port}`,
		async close() {
			child.disconnect();
			await gone;
		},
	};
}
