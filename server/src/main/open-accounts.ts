import type { AccountReads } from '@kaishi/protocol/account';
import type { Hono } from 'hono';
import type { ViewerOf } from '../platform/http/viewer.ts';

/** What other parts need of accounts. */
export interface Accounts {
	reads: AccountReads;
	viewerOf: ViewerOf;
	mount(app: Hono): void;
}

export async function openAccounts(_parts: object): Promise<Accounts> {
	return {
		reads: { account: async (address) => ({ address, deployed: false, forwarderNonce: '0', held: [], passkeys: [] }) },
		viewerOf: async () => null,
		mount: () => undefined,
	};
}
