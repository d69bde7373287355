import { randomInt } from 'node:crypto';
import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';

type RelayKind = 'user-operation' | 'forward' | 'order' | 'authorized-order' | 'cart' | 'action' | 'recovery-approval' | 'recovery-veto' | 'recovery';

/** Talks to a market as one browser does: same origin, one cookie jar, JSON in and out. */
export class MarketClient {
	readonly origin: string;
	readonly #cookies = new Map<string, string>();
	/** Where it seems to live, for markets that trust a proxy to say so: limits per address then count each browser alone. */
	readonly #address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
	#market: Promise<MarketInfo> | null = null;

	/** @param origin e.g. `http://localhost:4000`. */
	constructor(origin: string) {
		this.origin = origin.replace(/\/$/, '');
	}

	/** A raw request with this browser's cookies and origin; never throws on a status. */
	async fetch(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set('origin', this.origin);
		headers.set('x-forwarded-for', this.#address);
		if (this.#cookies.size > 0) headers.set('cookie', this.cookieHeader());
		const response = await fetch(this.origin + path, { redirect: 'manual', ...init, headers });
		for (const cookie of response.headers.getSetCookie()) this.#remember(cookie);
		return response;
	}

	/** The same browser, signed in as here, at another server of the market. */
	at(origin: string): MarketClient {
		const there = new MarketClient(origin);
		for (const [name, value] of this.#cookies) there.#cookies.set(name, value);
		return there;
	}

	/** What this browser would send along, for sockets. */
	cookieHeader(): string {
		return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	async get<T>(path: string): Promise<T> {
		return readAnswer<T>(await this.fetch(path));
	}

	async post<T = unknown>(path: string, body: unknown = {}): Promise<T> {
		return this.#send<T>('POST', path, body);
	}

	async put<T = unknown>(path: string, body: unknown = {}): Promise<T> {
		return this.#send<T>('PUT', path, body);
	}

	async patch<T = unknown>(path: string, body: unknown = {}): Promise<T> {
		return this.#send<T>('PATCH', path, body);
	}

	/** Puts a signed intent on the chain; resolves when the projection has stored it. */
	async relay(kind: RelayKind, body: unknown): Promise<Relayed> {
		return this.post<Relayed>(`/api/relay/${kind}`, body);
	}

	/** The market's addresses and currencies; asked once. */
	market(): Promise<MarketInfo> {
		this.#market ??= this.get<MarketInfo>('/api/market').catch((error: unknown) => {
			this.#market = null;
			throw error;
		});
		return this.#market;
	}

	/** Chain time in Unix seconds, as the server tells it now. */
	async now(): Promise<number> {
		const { clockOffset } = await this.get<MarketInfo>('/api/market');
		return Math.floor(Date.now() / 1000) + clockOffset;
	}

	#send<T>(method: string, path: string, body: unknown): Promise<T> {
		return this.fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then(readAnswer<T>);
	}

	#remember(cookie: string): void {
		const [pair = '', ...attributes] = cookie.split(';');
		const at = pair.indexOf('=');
		const name = pair.slice(0, at).trim();
		const value = pair.slice(at + 1).trim();
		const gone = attributes.some((a) => /^\s*max-age=0\s*$/i.test(a));
		if (gone || value === '') this.#cookies.delete(name);
		else this.#cookies.set(name, value);
	}
}

async function readAnswer<T>(response: Response): Promise<T> {
	const text = await response.text();
	const body = text === '' ? null : parseJson(text);
	if (response.ok) return body as T;
	const error = (body as RefusalBody | null)?.error;
	if (error?.code) throw new Refusal(error.code, error.kind, error.details);
	throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
