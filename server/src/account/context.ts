import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { Queryable } from '../platform/db/database.ts';
import type { Rate } from '../platform/limits/rate-limit.ts';
import type { Relayer } from '../platform/relayer/relayer.ts';

export interface AccountContext {
	db: Queryable;
	chain: Chain;
	deployment: Deployment;
	/** Origin that passkeys and sign-in messages are bound to. */
	publicUrl: string;
}

export interface AccountRoutesContext extends AccountContext {
	relayer: Relayer;
	/** Take the client's address from X-Forwarded-For. */
	trustProxy: boolean;
	/** Test money per client address; the faucet itself limits per account. */
	faucetRate?: Rate;
}
