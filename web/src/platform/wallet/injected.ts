import { Refusal } from '@kaishi/protocol/platform/errors';

/** EIP-1193, as far as it is used. */
export interface Eip1193Provider {
	request(args: { method: string; params?: unknown }): Promise<unknown>;
}

/** EIP-6963. */
export interface InjectedWallet {
	info: { uuid: string; name: string; icon: string; rdns: string };
	provider: Eip1193Provider;
}

/** Wallets that announce themselves within a moment. Each is asked for nothing yet. */
export function discoverWallets(waitMs = 150): Promise<InjectedWallet[]> {
	return new Promise((resolve) => {
		const found = new Map<string, InjectedWallet>();
		const hear = (event: Event) => {
			const wallet = (event as CustomEvent<InjectedWallet>).detail;
			if (wallet?.info?.uuid && wallet.provider) found.set(wallet.info.uuid, wallet);
		};
		window.addEventListener('eip6963:announceProvider', hear);
		window.dispatchEvent(new Event('eip6963:requestProvider'));
		setTimeout(() => {
			window.removeEventListener('eip6963:announceProvider', hear);
			resolve([...found.values()]);
		}, waitMs);
	});
}

/** One request to a wallet; refusals as `Wallet_*`. */
export async function askWallet<T>(provider: Eip1193Provider, method: string, params: unknown = []): Promise<T> {
	try {
		return (await provider.request({ method, params })) as T;
	} catch (cause) {
		const code = (cause as { code?: number }).code;
		if (code === 4001) throw new Refusal('Wallet_Rejected', 'forbidden', {}, { cause });
		throw new Refusal('Wallet_Failed', 'unavailable', { reason: (cause as Error).message ?? String(cause) }, { cause });
	}
}

/** Wallets show icons of their own making: only pictures packed into the address itself are shown. */
export const isSafeIcon = (icon: string) => /^data:image\/(png|webp|jpeg|gif|svg\+xml)[;,]/.test(icon);
