// People in a show's room: all listen, some talk.
import { MarketClient, makeVoice, WalletUser } from '@kaishi/testkit';
import { WebSocket } from 'ws';

export interface Crowd {
	/** Lines that reached somebody. */
	heard: number;
	leave(): void;
}

const JOIN_AT_ONCE = 50;

/** `listeners` join the room and `talkers` of them say a line each second, until they leave. */
export async function gatherCrowd(url: string, showId: string, { listeners, talkers }: { listeners: number; talkers: number }): Promise<Crowd> {
	const sockets: WebSocket[] = [];
	const crowd: Crowd = { heard: 0, leave: () => undefined };
	const join = async (index: number, cookie: string) => {
		const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live/${showId}/room`, {
			origin: url,
			headers: { cookie, 'x-forwarded-for': `10.1.${index >> 8}.${index & 255}` },
		});
		await new Promise((resolve, reject) =>
			socket
				.once('message', resolve)
				.once('error', reject)
				.once('close', () => reject(new Error('the room is closed'))),
		);
		socket.on('message', (data: Buffer) => {
			crowd.heard += data.toString('latin1').split('"kind":"line"').length - 1;
		});
		sockets.push(socket);
		return socket;
	};
	const timers: ReturnType<typeof setInterval>[] = [];
	for (let index = 0; index < talkers; index++) {
		const user = new WalletUser(new MarketClient(url));
		await user.signIn();
		const voice = await makeVoice(user, `Talker ${index}`);
		const socket = await join(index, user.client.cookieHeader());
		let said = 0;
		const say = async () => {
			said++;
			socket.send(JSON.stringify({ do: 'say', ref: `${said}`, record: await voice.line(showId, `How large is the cup, and does it come in blue? ${said}`) }));
		};
		timers.push(setInterval(() => void say(), 1000));
	}
	for (let index = talkers; index < listeners; index += JOIN_AT_ONCE)
		await Promise.all(Array.from({ length: Math.min(JOIN_AT_ONCE, listeners - index) }, (_, offset) => join(index + offset, '')));
	crowd.leave = () => {
		for (const timer of timers) clearInterval(timer);
		for (const socket of sockets) socket.terminate();
	};
	return crowd;
}
