import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hex } from 'viem';
import { clientAddress } from '../http/app.ts';
import { createPeerDoor, PEER_PATH } from '../peer/peer-door.ts';
import type { Seal } from '../peer/seal.ts';
import type { Chain, Head, SubmittedReceipt } from './chain.ts';
import { rpcRoutes } from './rpc-route.ts';

/** What servers of the same operator ask of a chain in a process of its own. */
export interface ChainMethods {
	chainId(): number;
	/** The head and how far chain time is from the wall clock, seconds; once there is another head than `known`, or after a while. */
	watch(known: Hex | null): Promise<{ head: Head; offsetSeconds: number }>;
	head(): Promise<Head>;
	request(method: string, params: readonly unknown[]): Promise<unknown>;
	submit(rawTransaction: Hex): Promise<SubmittedReceipt>;
	advance(seconds: number): Promise<void>;
}

/** By this a server knows that behind `RPC_URL` is a chain that it can join. */
export const CHAIN_CLIENT = 'kaishi-chain/1';

/** Longest that a watcher waits for the next block. */
const WATCH_MS = 10_000;

export interface ServedChain {
	/** What others set as `RPC_URL`. */
	url: string;
	close(): Promise<void>;
}

/** Serves a chain to servers of the same operator, and as plain JSON-RPC to whoever reaches the port. */
export async function serveChain({ chain, seal, host, port }: { chain: Chain; seal: Seal; host: string; port: number }): Promise<ServedChain> {
	const rpc = getRequestListener(rpcRoutes({ chain, clientOf: (c) => clientAddress(c, false), clientVersion: CHAIN_CLIENT }).fetch, {
		overrideGlobalObjects: false,
	});
	const door = createPeerDoor({ seal, methods: { ...methodsOf(chain) } });
	const server = createServer((request, response) => (request.url === PEER_PATH ? door(request, response) : void rpc(request, response)));
	await listen(server, host, port);
	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/rpc`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function methodsOf(chain: Chain): ChainMethods {
	return {
		chainId: () => chain.chainId,
		head: () => chain.head(),
		request: (method, params) => chain.request(method, params),
		submit: (raw) => chain.submit(raw),
		advance: (seconds) => chain.advance(seconds),
		async watch(known) {
			if ((await chain.head()).hash === known) await nextBlock(chain);
			return { head: await chain.head(), offsetSeconds: chain.now() - Math.floor(Date.now() / 1000) };
		},
	};
}

function nextBlock(chain: Chain): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			stop();
			resolve();
		};
		const timer = setTimeout(done, WATCH_MS);
		const stop = chain.onBlock(done);
	});
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
}
