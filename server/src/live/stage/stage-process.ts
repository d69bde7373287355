import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHlsDoor } from './hls-door.ts';
import type { FromStage, StageOptions, ToStage } from './messages.ts';
import { createRoomCrowd } from './room-crowd.ts';
import { Stage } from './stage.ts';

// The stage's process: told what to do by the market's process alone, and gone with it.
const report = (message: FromStage, onTold: () => void = () => undefined) => {
	// Nobody to tell: the market's process is gone, and this one is about to go.
	if (process.connected) process.send?.(message, undefined, {}, onTold);
	else onTold();
};
const stage = new Stage(
	(message) => report(message),
	createRoomCrowd((said) => report({ type: 'room', report: said })),
);

process.on('message', (message: ToStage, socket?: Socket) => {
	if (message.type === 'begin') begin(message.options).catch((error: unknown) => leave(String(error)));
	else stage.handle(message, socket);
});
process.on('disconnect', () => void leave(null));
// Nobody knows how things stand after that: what is recorded reaches the disk, sockets are closed, and the market's process begins another stage.
process.on('uncaughtException', (error) => void leave(`the stage failed: ${error.stack ?? String(error)}`));
// The market's process gets the signal of the terminal, too, and ends this one in its turn.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

/** Of what may be broken itself. */
const PATIENCE_MS = 3000;
let directory: string | null = null;
let isLeaving = false;

async function begin({ rtmp, whip }: StageOptions): Promise<void> {
	// Short, since paths of sockets may be no longer than a hundred characters; only for whoever runs the market.
	directory = await mkdtemp(join(tmpdir(), 'kaishi-stage-'));
	const socketPath = join(directory, 'hls');
	const whipDoor = whip ? stage.openWhip(whip) : null;
	const door = createHlsDoor(
		(showId) => stage.stream(showId),
		(request, response) => whipDoor?.take(request, response) ?? false,
	);
	await new Promise<void>((resolve, reject) => door.once('error', reject).listen(socketPath, resolve));
	report({ type: 'ready', socketPath, rtmpPort: rtmp && (await stage.openRtmp(rtmp)) });
}

async function leave(failure: string | null): Promise<void> {
	if (isLeaving) return;
	isLeaving = true;
	const code = failure === null ? 0 : 1;
	setTimeout(() => process.exit(code), PATIENCE_MS).unref();
	if (failure !== null) await new Promise<void>((resolve) => report({ type: 'failure', message: failure }, resolve));
	await stage.close().catch(() => undefined);
	if (directory) await rm(directory, { recursive: true, force: true });
	process.exit(code);
}
