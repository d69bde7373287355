import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import pg from 'pg';
import type { Queryable } from '../db/database.ts';

/** What one transaction of the indexer changed. */
export interface News {
	/** Which indexer wrote it. */
	from: string;
	block: string;
	messages: ServerMessage[];
}

const CHANNEL = 'kaishi_news';
/** PostgreSQL refuses payloads of 8000 bytes and more; topics are ASCII. */
const PAYLOAD_BYTES = 7600;
const RECONNECT_MS = 2000;

/** Tells other processes at commit; returns the news for this one. */
export async function announce(db: Queryable, news: News): Promise<News> {
	for (const part of splitNews(news)) await db.query('select pg_notify($1, $2)', [CHANNEL, part]);
	return news;
}

function splitNews(news: News): string[] {
	const whole = JSON.stringify(news);
	if (whole.length < PAYLOAD_BYTES || news.messages.length < 2) return [whole];
	const half = news.messages.length >> 1;
	return [...splitNews({ ...news, messages: news.messages.slice(0, half) }), ...splitNews({ ...news, messages: news.messages.slice(half) })];
}

/** Hears what other processes announce, reconnecting when the database was away. Returns the end of it. */
export function listenForNews(connection: pg.ClientConfig, onNews: (news: News) => void): () => Promise<void> {
	let client: pg.Client | null = null;
	let timer: NodeJS.Timeout | null = null;
	let closed = false;
	const connect = async () => {
		const next = new pg.Client(connection);
		client = next;
		next.on('notification', ({ payload }) => payload && onNews(JSON.parse(payload) as News));
		next.on('error', () => undefined);
		next.on('end', later);
		try {
			await next.connect();
			await next.query(`listen ${CHANNEL}`);
		} catch {
			later();
		}
	};
	const later = () => {
		if (closed || timer) return;
		timer = setTimeout(() => {
			timer = null;
			void connect();
		}, RECONNECT_MS);
		timer.unref();
	};
	void connect();
	return async () => {
		closed = true;
		if (timer) clearTimeout(timer);
		await client?.end().catch(() => undefined);
	};
}
