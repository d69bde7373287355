import { createServer } from 'node:net';

/** A trouble whose message is meant for people; shown without a stack. */
export class StartTrouble extends Error {
	override name = 'StartTrouble';
}

/** Throws `StartTrouble` when something else listens there already. */
export async function requireFreePort(host: string, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
		probe.listen(port, host, () => probe.close(() => resolve()));
	});
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
	if (error.code === 'EADDRINUSE') {
		return new StartTrouble(
			`Port ${port} is taken by another program (perhaps a Kaishi that already runs: http://localhost:${port}).\n` +
				`  Choose another one: npm start -- --port ${port + 1}\n  端口 ${port} 已被占用，可换一个：npm start -- --port ${port + 1}`,
		);
	}
	if (error.code === 'EACCES') return new StartTrouble(`Not allowed to listen on port ${port}: choose one above 1023, e.g. npm start -- --port 4000`);
	return new StartTrouble(`Cannot listen on ${host}:${port}: ${error.message}`);
}
