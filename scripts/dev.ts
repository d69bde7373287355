// `npm run dev`: the market with pages rebuilt as their sources change; server changes need a restart.
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openMarket, serveMarket } from '../server/src/main/index.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';
import { Progress } from './serve/progress.ts';
import { requireFreePort } from './serve/require-free-port.ts';
import { buildWorld, planWorld } from './serve/world.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false }, port: { type: 'string' }, data: { type: 'string' } } });
const config = readConfig({
	...process.env,
	...(values.port === undefined ? {} : { PORT: values.port }),
	...(values.data === undefined ? {} : { KAISHI_DATA: values.data }),
});
await requireFreePort(config.host, config.port);
const progress = new Progress();
const { build, startOffsetSeconds } = await planWorld(config, values.empty);
const market = await progress.step('chain, contracts and tables', () => openMarket({ config, startOffsetSeconds }));
if (build) await buildWorld(market, progress);
// SvelteKit finds its configuration and sources from the working directory
process.chdir(join(root, 'web'));
const server = createServer();
const vite = await progress.step('page compiler', async () => {
	const { createServer: createVite } = await import('vite');
	return createVite({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' });
});
const serving = await serveMarket({ market, server, webHandler: (request, response) => vite.middlewares(request, response), handleSignals: true });
console.log(`\n  Kaishi, in the making: ${serving.url}\n  Pages follow their sources; after a change in server/ or protocol/ restart this. Ctrl-C stops.\n`);
