import { once } from 'node:events';
import { type ClipView, type PublishTicket, ticketProtocols } from '@kaishi/protocol/live';
import { WebSocket } from 'ws';
import { createTestPublisher } from '../../../server/src/live/media/test-publisher.ts';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';

const PICTURES = 75;
const PATIENCE_MS = 5000;

/** Sends two and a half seconds of a show on air, in the form of an encoder and showing nothing, and cuts a clip out of it. */
export async function filmClip(host: Actor, showId: string): Promise<ClipView> {
	const { client } = host;
	const { url, ticket } = await client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'browser' });
	const socket = new WebSocket(`${client.origin.replace('http', 'ws')}${url}`, ticketProtocols(ticket ?? ''), { origin: client.origin });
	await once(socket, 'open');
	const publisher = createTestPublisher(socket);
	publisher.configure();
	for (let i = 0; i < PICTURES; i++) publisher.picture(i);
	try {
		return await cutLastSecond(client, showId);
	} finally {
		socket.close();
	}
}

/** What was sent is on the disk a moment later. */
async function cutLastSecond(client: MarketClient, showId: string): Promise<ClipView> {
	for (const until = performance.now() + PATIENCE_MS; ; ) {
		try {
			return await client.post<ClipView>(`/api/live/${showId}/clips`, { lastMs: 1000 });
		} catch (error) {
			if (performance.now() > until) throw error;
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}
}
