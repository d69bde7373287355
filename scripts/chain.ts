// `npm run chain`: the embedded chain in a process of its own, for several servers. `-- --port` (default 8545), `--data`.
import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { serveChain } from '../server/src/platform/chain/chain-door.ts';
import { openChain } from '../server/src/platform/chain/open-chain.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';
import { createSeal } from '../server/src/platform/peer/seal.ts';

async function start(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '8545' }, data: { type: 'string' } } });
	const config = readConfig({ ...process.env, RPC_URL: '', PORT: values.port, ...(values.data === undefined ? {} : { KAISHI_DATA: values.data }) });
	const { chain, keys } = await openChain({ config });
	const served = await serveChain({ chain, seal: createSeal(keys.operator.privateKey), host: config.host, port: config.port });
	const { number } = await chain.head();
	console.log(`\n  The chain is at block ${number}. Servers join it with · 服务器加入：RPC_URL=${served.url}\n`);
	// Now, because whoever is killed writes nothing.
	flushCompileCache();
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		await served.close();
		await chain.close();
	};
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			stop().then(
				() => process.exit(0),
				() => process.exit(1),
			);
		});
	}
}

start().catch((error: unknown) => {
	const plain = error instanceof Error && ['ConfigError', 'DataLockedError', 'ReplayError', 'JournalDamagedError'].includes(error.name);
	console.error(`\n${plain ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
