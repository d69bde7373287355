import type { BrowserContext } from '@playwright/test';
import type { Hex, TypedDataDefinition } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

/**
 * A browser wallet as pages find one (EIP-6963, EIP-1193), whose key lives in the test. It signs what it is asked, counts
 * the questions, and knows only the chain it is given. `together`: it offers to send several calls as one (EIP-5792).
 */
export async function installWallet(
	context: BrowserContext,
	wallet: { chainId: number; rpcUrl: string; privateKey?: Hex; together?: boolean },
): Promise<InjectedWallet> {
	const account = privateKeyToAccount(wallet.privateKey ?? generatePrivateKey());
	const asked: string[] = [];
	await context.exposeBinding('__walletRequest', async (_source, method: string, params: unknown[]) => {
		asked.push(method);
		try {
			return { result: await answer(method, params) };
		} catch (error) {
			return { error: error instanceof Error ? error.message : String(error) };
		}
	});
	const answer = async (method: string, params: unknown[]): Promise<unknown> => {
		switch (method) {
			case 'eth_requestAccounts':
			case 'eth_accounts':
				return [account.address];
			case 'eth_chainId':
				return `0x${wallet.chainId.toString(16)}`;
			case 'net_version':
				return String(wallet.chainId);
			case 'wallet_switchEthereumChain':
			case 'wallet_addEthereumChain':
				return null;
			case 'personal_sign':
				return account.signMessage({ message: { raw: params[0] as Hex } });
			case 'wallet_getCapabilities':
				if (!wallet.together) throw new Error('unknown method');
				return { [`0x${wallet.chainId.toString(16)}`]: { atomic: { status: 'supported' } } };
			case 'wallet_sendCalls':
				return { id: await sendCalls((params[0] as { calls: WalletCall[] }).calls) };
			case 'wallet_getCallsStatus':
				return { status: 200, receipts: [await forward(wallet.rpcUrl, 'eth_getTransactionReceipt', [params[0]])] };
			case 'eth_signTypedData_v4':
				return account.signTypedData(parseTypedData(params[1] as string));
			default:
				return forward(wallet.rpcUrl, method, params);
		}
	};
	/** A real one does it in one transaction of a smart account; what the page sees is the same. */
	const sendCalls = async (calls: WalletCall[]): Promise<unknown> => {
		let nonce = Number(await forward(wallet.rpcUrl, 'eth_getTransactionCount', [account.address, 'latest']));
		let last: unknown = null;
		for (const { to, value, data } of calls) {
			const request = {
				chainId: wallet.chainId,
				nonce: nonce++,
				to,
				value: BigInt(value),
				data,
				gas: 300_000n,
				maxFeePerGas: 10n ** 11n,
				maxPriorityFeePerGas: 10n ** 10n,
			};
			last = await forward(wallet.rpcUrl, 'eth_sendRawTransaction', [await account.signTransaction(request)]);
		}
		return last;
	};
	await context.addInitScript(announceWallet);
	return { account, asked };
}

interface WalletCall {
	to: Hex;
	value: Hex;
	data: Hex;
}

export interface InjectedWallet {
	account: ReturnType<typeof privateKeyToAccount>;
	/** Methods the page asked for, in order. */
	asked: string[];
}

function parseTypedData(json: string): TypedDataDefinition {
	const { EIP712Domain: _, ...types } = (JSON.parse(json) as { types: Record<string, unknown> }).types;
	return { ...(JSON.parse(json) as object), types } as unknown as TypedDataDefinition;
}

async function forward(rpcUrl: string, method: string, params: unknown[]): Promise<unknown> {
	const response = await fetch(rpcUrl, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
	});
	const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
	if (error) throw new Error(error.message);
	return result;
}

/** Runs in the page before its own scripts. */
function announceWallet(): void {
	const ask = (window as unknown as { __walletRequest: (method: string, params: unknown[]) => Promise<{ result?: unknown; error?: string }> }).__walletRequest;
	const provider = {
		request: async ({ method, params = [] }: { method: string; params?: unknown[] }) => {
			const { result, error } = await ask(method, params);
			if (error !== undefined) throw new Error(error);
			return result;
		},
		on: () => provider,
		removeListener: () => provider,
	};
	const icon = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/%3E';
	const detail = Object.freeze({ info: { uuid: '5f1a1f0e-2f6e-4a68-9e0b-6a7d3b1f8c11', name: 'Journey Wallet', icon, rdns: 'test.journey.wallet' }, provider });
	const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
	window.addEventListener('eip6963:requestProvider', announce);
	announce();
}
