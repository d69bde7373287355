// `npm run govern`: looks at a token, proposes a change of what the market allows, and carries it out once its 48 hours have passed. Talks to the running market's chain.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { timelockAbi } from '@kaishi/protocol/generated/timelock';
import { type Change, encodeExecute, encodeSchedule, type MarketRules } from '@kaishi/protocol/governance';
import { MarketClient } from '@kaishi/testkit';
import { type Address, getAddress, type Hex, isAddress, numberToHex } from 'viem';
import { inspectToken, type TokenInspection } from '../server/src/platform/chain/inspect-token.ts';
import { loadKeys } from '../server/src/platform/chain/keys.ts';
import { createOperator } from '../server/src/platform/chain/operator.ts';
import { readContract } from '../server/src/platform/chain/read-contract.ts';
import { openRemoteChain } from '../server/src/platform/chain/remote-chain.ts';
import { RpcError } from '../server/src/platform/chain/rpc-error.ts';
import { rememberProposedCurrency } from '../server/src/platform/config/proposed-currencies.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';

const usage = `npm run govern                                   what is allowed, and what waits
npm run govern -- inspect <token>                looks at a token and gives a verdict; sends nothing
npm run govern -- allow <token>                  proposes to allow a currency that passed the inspection
npm run govern -- disallow <token>               proposes to take a currency off the list for new orders
npm run govern -- fee <percent> <recipient>      proposes another protocol fee, 2 at most
npm run govern -- execute <id>                   carries a proposal out; anybody may, once its time has come
   --holder <address>   who holds some of the token, for the inspection (default: found among recent transfers)
   --code <EUR|BTC|…>   what one token stands for in the rates that pages turn prices with
   --note <text>        makes a repeated proposal another one
   --url <address>      the running market (default: PUBLIC_URL, else http://localhost:PORT)
   --data <folder>      where its keys are (default: KAISHI_DATA, else .kaishi)
A currency that was allowed is offered to sellers after the next start of the node.`;

class Trouble extends Error {}

interface Options {
	holder?: string | undefined;
	code?: string | undefined;
	note?: string | undefined;
	url?: string | undefined;
	data?: string | undefined;
}

async function govern(): Promise<void> {
	const text = { type: 'string' } as const;
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { holder: text, code: text, note: text, url: text, data: text, help: { type: 'boolean', default: false } },
	});
	const [command = 'show', ...rest] = positionals;
	const run = commands[command];
	if (values.help) return void console.log(usage);
	if (!run) throw new Trouble(usage);
	const desk = await openDesk(values);
	try {
		await run(desk, rest, values);
	} finally {
		await desk.chain.close();
	}
}

const commands: Record<string, (desk: Desk, rest: string[], options: Options) => Promise<void>> = {
	show,
	inspect: async (desk, [token], options) => sayVerdict(await inspect(desk, token, options)),
	allow: (desk, [token], options) => allow(desk, token, options),
	disallow: (desk, [token], { note }) => propose(desk, { kind: 'currency', address: addressOf(token), allowed: false }, note),
	fee: (desk, rest, { note }) => propose(desk, feeOf(rest), note),
	execute: (desk, [id]) => execute(desk, id),
};

type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The running market's own chain, with the operator's key. */
async function openDesk(options: Options) {
	const config = readConfig({ ...process.env, ...(options.data === undefined ? {} : { KAISHI_DATA: options.data }) });
	const client = new MarketClient(options.url ?? config.publicUrl);
	const market = await client.market();
	if (config.operatorKey === null) requireKey(config.dataDir);
	const keys = loadKeys(config.dataDir, config.operatorKey);
	const chain = await openRemoteChain({ rpcUrl: config.rpcUrl ?? new URL('/rpc', client.origin).href });
	return { client, market, chain, dataDir: config.dataDir, operator: createOperator(chain, keys.operator.account) };
}

/** Never makes a key: it would propose nothing. */
function requireKey(dataDir: string): void {
	try {
		readFileSync(join(dataDir, 'keys', 'operator'));
	} catch {
		throw new Trouble(`No key at ${join(dataDir, 'keys', 'operator')}: start the market first, or say with --data where its data is.`);
	}
}

function addressOf(text: string | undefined): Address {
	if (text === undefined || !isAddress(text, { strict: false })) throw new Trouble(`${text ?? 'Nothing'} is not an address.\n\n${usage}`);
	return getAddress(text);
}

function feeOf([percent, recipient]: string[]): Change {
	if (percent === undefined || !/^\d(\.\d{1,2})?$/.test(percent) || Number(percent) > 2) throw new Trouble('The fee is a percentage from 0 to 2.');
	return { kind: 'fee', feeBps: Math.round(Number(percent) * 100), recipient: addressOf(recipient) };
}

const inspect = ({ chain }: Desk, token: string | undefined, { holder }: Options): Promise<TokenInspection> =>
	inspectToken(chain, addressOf(token), holder === undefined ? undefined : addressOf(holder));

function sayVerdict({ address, symbol, name, decimals, authorization, fit, findings }: TokenInspection): void {
	console.log(`${symbol ?? '?'} · ${name ?? '?'}, ${decimals ?? '?'} decimals, at ${address}`);
	console.log(
		authorization ? `   One signature pays (ERC-3009, ${authorization.name} ${authorization.version}).` : '   Wallets need an allowance for it (no ERC-3009).',
	);
	for (const { weight, text } of findings) console.log(`   ${weight === 'refuse' ? 'AGAINST' : 'to know'}: ${text}`);
	console.log(fit ? 'Fit to be a currency here. · 可以作为本市场的币种。' : 'Not fit to be a currency here. · 不宜作为本市场的币种。');
}

async function allow(desk: Desk, token: string | undefined, options: Options): Promise<void> {
	const found = await inspect(desk, token, options);
	sayVerdict(found);
	const { address, symbol, name, decimals, authorization, fit } = found;
	if (!fit || symbol === null || name === null || decimals === null) throw new Trouble('Nothing was proposed.');
	const iso = (['USD', 'CNY', 'EUR'] as const).find((code) => code === options.code) ?? null;
	await propose(desk, { kind: 'currency', address, allowed: true }, options.note);
	rememberProposedCurrency(desk.dataDir, { address, symbol, name, decimals, iso, asset: iso === null ? (options.code ?? null) : null, authorization });
}

async function propose({ chain, market, operator }: Desk, change: Change, note = ''): Promise<void> {
	const { timelock, parameters } = market.contracts;
	const delay = await readContract(chain, { address: timelock, abi: timelockAbi, functionName: 'getMinDelay' });
	const data = encodeSchedule({ change, parameters, note }, delay);
	await send(operator, timelock, data, 'The timelock refused: was the same proposed before? Name another --note.');
	console.log(
		`Proposed: ${describe(change)}. It may be carried out in ${Number(delay) / 3600} hours, and everybody can see it in the explorer until then. · 已提交，等待生效。`,
	);
}

async function execute({ client, market, operator }: Desk, id: string | undefined): Promise<void> {
	const { scheduled } = await client.get<MarketRules>('/api/rules');
	const found = scheduled.filter((one) => id !== undefined && one.id.startsWith(id.toLowerCase()));
	const [one] = found;
	if (!one || found.length > 1) throw new Trouble(`${found.length === 0 ? 'No' : 'More than one'} proposal begins with ${id}.`);
	if (one.state !== 'ready')
		throw new Trouble(one.state === 'waiting' ? `It waits until ${new Date(one.readyAt * 1000).toISOString()}.` : `It is ${one.state}.`);
	await send(operator, market.contracts.timelock, encodeExecute({ ...one.call, value: BigInt(one.call.value) }), 'The timelock refused.');
	console.log(`Carried out: ${one.change ? describe(one.change) : 'a call that is none of the market’s rules'}. · 已生效。`);
}

async function send(operator: Desk['operator'], to: Address, data: Hex, refused: string): Promise<void> {
	const success = await operator.send({ to, data, gas: 1_000_000n }).then(
		(receipt) => receipt.success,
		(error: unknown) => {
			// A node that estimates gas refuses what would fail before it is sent.
			if (error instanceof RpcError && error.data !== null) return false;
			throw error;
		},
	);
	if (!success) throw new Trouble(refused);
}

function describe(change: Change): string {
	if (change.kind === 'fee') return `a fee of ${change.feeBps / 100} % to ${change.recipient}`;
	return `${change.allowed ? 'allow' : 'disallow'} the ${change.kind} ${change.address}`;
}

async function show({ client, market }: Desk): Promise<void> {
	const rules = await client.get<MarketRules>('/api/rules');
	const symbolOf = (info: MarketInfo, address: Address) => info.currencies.find((one) => one.address === address)?.symbol ?? '?';
	console.log(`fee ${rules.feeBps / 100} %, chain ${numberToHex(market.chainId)}`);
	for (const { address, allowed, symbol } of rules.currencies)
		console.log(`   ${allowed ? 'allowed' : 'not any more'}: ${symbol ?? symbolOf(market, address)} ${address}`);
	for (const { id, state, readyAt, change } of rules.scheduled)
		console.log(`   ${state} (${new Date(readyAt * 1000).toISOString()}): ${change ? describe(change) : 'another call'}\n      ${id}`);
	console.log(`\n${usage}`);
}

govern().catch((error: unknown) => {
	const { cause } = error as { cause?: { code?: string } };
	if (error instanceof Trouble) console.error(error.message);
	else if (cause?.code === 'ECONNREFUSED') console.error('No market answers there: start it first, or name it with --url.');
	else console.error(error);
	process.exit(1);
});
