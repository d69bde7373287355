import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address, Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

/** An EVM node of the outside world, as `RPC_URL` names one; it can be cut off and come back. */
export interface RpcNode {
	url: string;
	/** A key with plenty of the native coin. */
	fundedKey: Hex;
	/** From now on requests hang up without an answer, or are answered again. */
	cutOff(cut: boolean): void;
	fund(account: Address, wei: bigint): Promise<void>;
	close(): Promise<void>;
}

/** Starts a node that mines each transaction at once, behind a wire that can be cut. */
export async function startRpcNode(): Promise<RpcNode> {
	const fundedKey = generatePrivateKey();
	const { createHardhatRuntimeEnvironment } = await import('hardhat/hre');
	const hre = await createHardhatRuntimeEnvironment({
		networks: {
			node: {
				type: 'edr-simulated',
				chainType: 'l1',
				chainId: 7_331,
				hardfork: 'osaka',
				accounts: [{ privateKey: fundedKey, balance: '1000000000000000000000000' }],
				allowUnlimitedContractSize: false,
				loggingEnabled: false,
			},
		},
	});
	const connection = await hre.network.create({ network: 'node' });
	const request = (method: string, params: unknown[]) => connection.provider.request({ method, params });
	let cut = false;
	const server = createServer((incoming, outgoing) => {
		if (cut) incoming.destroy();
		else void answer(request, incoming, outgoing);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		fundedKey,
		cutOff(next) {
			cut = next;
			if (cut) server.closeAllConnections();
		},
		async fund(account, wei) {
			const from = privateKeyToAccount(fundedKey).address;
			await request('eth_sendTransaction', [{ from, to: account, value: `0x${wei.toString(16)}` }]);
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await connection.close();
		},
	};
}

async function answer(request: (method: string, params: unknown[]) => Promise<unknown>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call | Call[];
	const answers = await Promise.all([asked].flat().map((call) => answerOne(request, call)));
	outgoing.setHeader('content-type', 'application/json');
	outgoing.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]));
}

interface Call {
	id: number;
	method: string;
	params?: unknown[];
}

async function answerOne(request: (method: string, params: unknown[]) => Promise<unknown>, { id, method, params = [] }: Call): Promise<object> {
	try {
		return { jsonrpc: '2.0', id, result: await request(method, params) };
	} catch (error) {
		const { code = -32_000, message = String(error), data } = error as { code?: number; message?: string; data?: unknown };
		return { jsonrpc: '2.0', id, error: { code, message, data } };
	}
}
