import { ensureDeployment } from '../platform/chain/deploy.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { openChain } from '../platform/chain/open-chain.ts';
import { type Duties, joinServers, type Servers } from '../platform/cluster/servers.ts';
import { openSoleServer } from '../platform/cluster/sole-server.ts';
import type { Term } from '../platform/cluster/term.ts';
import type { Config } from '../platform/config/config.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import { createSeal } from '../platform/peer/seal.ts';

/** Whether other servers may work on the same market: chain and database are outside of this process. */
const isShared = (config: Config) => config.rpcUrl !== null && config.databaseUrl !== null;

/** Any number: it only has to be the same in every server, and no other lock's. */
const DEPLOY_LOCK = 0x6465706c;

/** Deploys what is missing; of several servers that start at once, one after the other. */
export async function openDeployment(
	config: Config,
	{ chain, keys }: Awaited<ReturnType<typeof openChain>>,
	tables: Promise<OpenDatabase>,
): Promise<Deployment> {
	const ensure = () => ensureDeployment({ chain, keys, dataDir: config.dataDir, currenciesFile: config.currenciesFile });
	if (!isShared(config)) return await ensure();
	return await (await tables).transaction(async (tx) => {
		await tx.query(`select pg_advisory_xact_lock(${DEPLOY_LOCK})`);
		return await ensure();
	});
}

export interface OpenServersOptions {
	config: Config;
	keys: Awaited<ReturnType<typeof openChain>>['keys'];
	db: OpenDatabase;
	assume(term: Term): Promise<Duties>;
	onError(error: unknown): void;
}

/** Joins the other servers of a shared market; the only server of another leads at once. */
export async function openServers({ config, keys, db, assume, onError }: OpenServersOptions): Promise<Servers> {
	if (!isShared(config)) return await openSoleServer(db, assume);
	const seal = createSeal(keys.operator.privateKey);
	return await joinServers({ connection: db.connection, seal, listenUrl: config.clusterUrl, assume, onError });
}
