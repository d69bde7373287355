// `npm start`: from a fresh clone to an open market. `-- --empty` without the seeded world, `--port`, `--data`.
import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { openMarket, serveMarket } from '../server/src/main/index.ts';
import { configWarnings } from '../server/src/platform/config/config-warnings.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';
import { Progress } from './serve/progress.ts';
import { requireFreePort, StartTrouble } from './serve/require-free-port.ts';
import { whatToClick } from './serve/what-to-click.ts';
import { buildWorld, planWorld } from './serve/world.ts';
import { buildWeb } from './web/build-web.ts';
import { loadBuiltWeb, type WebHandler } from './web/load-web.ts';

async function start(): Promise<void> {
	const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false }, port: { type: 'string' }, data: { type: 'string' } } });
	const config = readConfig({
		...process.env,
		NODE_ENV: 'production',
		...(values.port === undefined ? {} : { PORT: values.port }),
		...(values.data === undefined ? {} : { KAISHI_DATA: values.data }),
	});
	await requireFreePort(config.host, config.port);
	for (const warning of configWarnings(config, process.env)) console.warn(`\n  ${warning}`);
	const progress = new Progress();
	console.log('\n  Opening the market · 准备开市');
	const { build, startOffsetSeconds } = await planWorld(config, values.empty);
	// while the chain opens and the world is built: what is to be built, in a process of its own
	const pages = Promise.withResolvers<WebHandler>();
	pages.promise.catch(() => undefined);
	const meanwhile = () => pages.resolve(buildWeb().then(() => loadBuiltWeb(config.publicUrl)));
	const market = await progress.step('chain, contracts and tables · 链、合约与数据表', () => openMarket({ config, startOffsetSeconds, meanwhile }));
	if (build) await buildWorld(market, progress);
	const webHandler = await progress.step('web pages · 页面', () => pages.promise);
	// Now, because whoever is killed writes nothing, and nobody waits for an answer yet.
	flushCompileCache();
	const serving = await serveMarket({ market, webHandler, handleSignals: true });
	console.log(whatToClick(serving.url, { empty: (await market.reads.discovery.totals()).shops === 0 }));
	console.log(`  Ready after ${progress.seconds.toFixed(1)} s.`);
}

start().catch((error: unknown) => {
	const plain =
		error instanceof StartTrouble || (error instanceof Error && ['ConfigError', 'DataLockedError', 'ReplayError', 'JournalDamagedError'].includes(error.name));
	console.error(`\n${plain ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
