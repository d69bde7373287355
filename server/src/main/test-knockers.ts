// A crowd for serve.test.ts, in a thread of its own: connects at once, and counts who got in.
import { connect } from 'node:net';
import { workerData } from 'node:worker_threads';

const { port, many, inside } = workerData as { port: number; many: number; inside: Int32Array };

let ended = 0;
for (let i = 0; i < many; i++) {
	const knocker = connect({ port, host: '127.0.0.1' });
	knocker.on('error', () => undefined);
	knocker.once('connect', () => {
		if (Atomics.add(inside, 0, 1) + 1 === many) Atomics.notify(inside, 0);
		knocker.end();
	});
	knocker.once('close', () => {
		if (++ended === many) process.exit();
	});
	knocker.resume();
}
