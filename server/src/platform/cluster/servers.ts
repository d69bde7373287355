import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type pg from 'pg';
import { type CallPeer, createPeerCaller, PeerUnreachableError } from '../peer/call-peer.ts';
import { createPeerDoor, type PeerMethods } from '../peer/peer-door.ts';
import { createStreamDoor, createStreamOpener, type OpenPeerStream } from '../peer/peer-stream.ts';
import type { Seal } from '../peer/seal.ts';
import { type Contest, standForLeader } from './contest.ts';
import type { Leader } from './session.ts';
import { isSuperseded, SupersededError, type Term } from './term.ts';

/** What only the leader does, for one term. */
export interface Duties {
	/** What every server may ask of the leader. Each is asked again when the leader dies over it, so doing it twice must come to once. */
	methods: PeerMethods;
	/** What every server may open a stream to. Whoever takes one closes it; all of them end with `stop`. */
	streams: PeerStreams;
	/** Ends them; what is under way ends by itself, or is refused. */
	stop(): Promise<void>;
}

export type PeerStreams = Record<string, (socket: Socket, ...args: never[]) => void>;

/** The servers of a market, seen from one of them. */
export interface Servers {
	/** Whether this one leads now. */
	leads(): boolean;
	/**
	 * Asks whoever leads, this server included. When the leader is lost meanwhile, waits for the next one and asks again; refuses
	 * with `Cluster_NoLeader` when there is none within five seconds.
	 */
	call(method: string, args: readonly unknown[]): Promise<unknown>;
	/** Asks this server, without waiting; undefined unless it leads and has taken up its duties. */
	callHere(method: string, args: readonly unknown[]): unknown;
	/** Opens a stream to another server that leads; it ends when that one does. Refuses with `Cluster_NoLeader` when there is none. */
	stream(method: string, args: readonly unknown[]): Promise<Socket>;
	close(): Promise<void>;
}

export interface ServersOptions {
	connection: pg.ClientConfig;
	seal: Seal;
	/** Where the others reach this server; port 0: whichever is free. */
	listenUrl: string;
	/** Takes the duties up; when it fails, another server may try. */
	assume(term: Term): Promise<Duties>;
	onError(error: unknown): void;
}

export async function carryOut(duties: Duties, method: string, args: readonly unknown[]): Promise<unknown> {
	return await carryOutNow(duties, method, args);
}

export function carryOutNow({ methods }: Duties, method: string, args: readonly unknown[]): unknown {
	const work = Object.hasOwn(methods, method) ? (methods[method] as (...args: readonly unknown[]) => unknown) : null;
	if (work === null) throw new Error(`no duty of the leader: ${method}`);
	return work(...args);
}

const PATIENCE_MS = 5000;
const AGAIN_MS = 40;

interface Office {
	term: Term;
	duties: Promise<Duties>;
	/** The same, once they are taken up. */
	taken: Duties | null;
}

/** Joins the other servers that share the database; resolves once it leads and has taken up its duties, or somebody else leads. */
export async function joinServers(options: ServersOptions): Promise<Servers> {
	const member = new Member(options);
	try {
		await member.start();
		return member;
	} catch (error) {
		await member.close();
		throw error;
	}
}

class Member implements Servers {
	readonly #options: ServersOptions;
	readonly #callPeer: CallPeer;
	readonly #openStream: OpenPeerStream;
	readonly #door: Server;
	readonly #settled = Promise.withResolvers<void>();
	#contest: Contest | null = null;
	#office: Office | null = null;
	#ending: Promise<unknown> = Promise.resolve();
	#leader: (Leader & { gone: AbortController }) | null = null;

	constructor(options: ServersOptions) {
		this.#options = options;
		this.#callPeer = createPeerCaller(options.seal);
		this.#openStream = createStreamOpener(options.seal);
		this.#door = createServer(createPeerDoor({ seal: options.seal, methods: { lead: (method: string, args: unknown[]) => this.#here(method, args) } }));
		this.#door.on('upgrade', createStreamDoor({ seal: options.seal, accept: (socket, method, args) => this.#accept(socket, method, args) }));
	}

	async start(): Promise<void> {
		const { connection, listenUrl, onError } = this.#options;
		this.#contest = standForLeader({
			connection,
			url: await listenAt(this.#door, listenUrl),
			onElected: (term) => this.#elected(term),
			onLost: (term) => this.#lost(term),
			onLeader: (leader) => this.#follow(leader),
			onError,
		});
		await this.#settled.promise;
	}

	leads(): boolean {
		return this.#office?.term.isCurrent() ?? false;
	}

	async call(method: string, args: readonly unknown[]): Promise<unknown> {
		for (let since: number | null = null; ; ) {
			const started = performance.now();
			try {
				return await this.#ask(method, args);
			} catch (error) {
				if (!(error instanceof PeerUnreachableError || isSuperseded(error))) throw error;
				const now = performance.now();
				// One that was at work until now: the wait for the next begins.
				if (since === null || now - started > 1000) since = now;
				if (now - since > PATIENCE_MS) throw new SupersededError(null, { cause: error });
			}
			await sleep(AGAIN_MS);
		}
	}

	callHere(method: string, args: readonly unknown[]): unknown {
		const office = this.#office;
		return office?.taken && office.term.isCurrent() ? carryOutNow(office.taken, method, args) : undefined;
	}

	async stream(method: string, args: readonly unknown[]): Promise<Socket> {
		const leader = this.#leader;
		if (leader === null || this.#office) throw new SupersededError(null);
		try {
			return await this.#openStream(leader.url, method, args, leader.gone.signal);
		} catch (cause) {
			throw new SupersededError(null, { cause });
		}
	}

	async close(): Promise<void> {
		const office = this.#office;
		await this.#contest?.close();
		if (office) this.#lost(office.term);
		await this.#ending;
		this.#leader?.gone.abort();
		this.#door.closeAllConnections();
		await new Promise((resolve) => this.#door.close(resolve));
	}

	#ask(method: string, args: readonly unknown[]): Promise<unknown> {
		if (this.#office) return this.#here(method, args);
		if (this.#leader === null) throw new SupersededError(null);
		return this.#callPeer(this.#leader.url, 'lead', [method, args], this.#leader.gone.signal);
	}

	async #here(method: string, args: readonly unknown[]): Promise<unknown> {
		const office = this.#office;
		const duties = await office?.duties.catch(() => null);
		if (!office || !duties) throw new SupersededError(null);
		office.term.require();
		try {
			return await carryOut(duties, method, args);
		} catch (error) {
			// Whatever stops has nothing to say any more: the next leader is asked.
			if (!office.term.isCurrent() && error instanceof Refusal && error.kind === 'unavailable') throw new SupersededError(office.term.number, { cause: error });
			throw error;
		}
	}

	#accept(socket: Socket, method: string, args: readonly unknown[]): boolean {
		const office = this.#office;
		const streams = office?.term.isCurrent() ? office.taken?.streams : undefined;
		if (!streams || !Object.hasOwn(streams, method)) return false;
		(streams[method] as (socket: Socket, ...args: readonly unknown[]) => void)(socket, ...args);
		return true;
	}

	#elected(term: Term): void {
		this.#follow(null);
		const duties = this.#options.assume(term);
		const office: Office = { term, duties, taken: null };
		this.#office = office;
		duties.then(
			(taken) => {
				office.taken = taken;
				this.#settled.resolve();
			},
			(error: unknown) => {
				this.#settled.reject(error);
				if (!isSuperseded(error)) this.#options.onError(error);
				this.#contest?.resign();
			},
		);
	}

	#lost(term: Term): void {
		const office = this.#office;
		if (office?.term !== term) return;
		this.#office = null;
		this.#ending = Promise.all([this.#ending, office.duties.then((duties) => duties.stop()).catch(() => undefined)]);
	}

	/** Whoever waits for an answer of the one before asks again. */
	#follow(leader: Leader | null): void {
		if (leader && this.#leader?.term === leader.term && this.#leader.url === leader.url) return;
		this.#leader?.gone.abort();
		this.#leader = leader && { ...leader, gone: new AbortController() };
		if (leader && leader.url !== '') this.#settled.resolve();
	}
}

async function listenAt(server: Server, listenUrl: string): Promise<string> {
	const { hostname, port, protocol } = new URL(listenUrl);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''), () => {
			server.off('error', reject);
			resolve();
		});
	});
	return `${protocol}//${hostname}:${(server.address() as AddressInfo).port}`;
}
