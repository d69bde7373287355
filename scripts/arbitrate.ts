// `npm run arbitrate`: the operator's house arbitrator lists the disputes that name it, and rules one, through the running market's own API.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type OrderSummary, type OrderView, orderFromWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { MarketClient, rule, WalletUser } from '@kaishi/testkit';
import { formatUnits, type Hex } from 'viem';
import { readConfig } from '../server/src/platform/config/read-config.ts';

const usage = `npm run arbitrate                                    lists the disputes that wait for the house arbitrator
npm run arbitrate -- <order> --buyer <0 to 100>      gives the buyer that many percent and the seller's side the rest
   --url <address>   the running market (default: PUBLIC_URL, else http://localhost:PORT)
   --data <folder>   where its keys are (default: KAISHI_DATA, else .kaishi)
   --yes             do not ask again`;

class Trouble extends Error {}

async function arbitrate(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			url: { type: 'string' },
			data: { type: 'string' },
			port: { type: 'string' },
			buyer: { type: 'string' },
			yes: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const config = readConfig({
		...process.env,
		...(values.data === undefined ? {} : { KAISHI_DATA: values.data }),
		...(values.port === undefined ? {} : { PORT: values.port }),
	});
	const arbitrator = new WalletUser(new MarketClient(values.url ?? config.publicUrl), readKey(config.dataDir));
	await arbitrator.signIn();
	const disputes = await arbitrator.client.get<OrderSummary[]>(`/api/accounts/${arbitrator.address}/disputes`);
	const [asked] = positionals;
	if (!asked) return list(arbitrator, disputes);
	const found = disputes.filter((one) => one.id.startsWith(asked.toLowerCase()));
	if (found.length !== 1)
		throw new Trouble(`${found.length === 0 ? 'No dispute' : 'More than one dispute'} that waits for this arbitrator begins with ${asked}.`);
	await ruleOne(arbitrator, found[0] as OrderSummary, percentOf(values.buyer), values.yes);
}

/** Reads the key the market made at its first start; never makes one, for it would be named in no order. */
function readKey(dataDir: string): Hex {
	const path = join(dataDir, 'keys', 'arbitrator');
	try {
		return readFileSync(path, 'utf8').trim() as Hex;
	} catch {
		throw new Trouble(`No key at ${path}: start the market first, or say with --data where its data is.`);
	}
}

function percentOf(text: string | undefined): number {
	if (text === undefined || !/^\d+(\.\d{1,2})?$/.test(text) || Number(text) > 100)
		throw new Trouble(`--buyer must be the percentage that goes back to the buyer, 0 to 100.\n\n${usage}`);
	return Number(text);
}

async function amountOf(arbitrator: WalletUser, order: OrderSummary, percent: number): Promise<string> {
	const { currencies } = await arbitrator.client.market();
	const token = currencies.find((one) => one.address.toLowerCase() === order.total.currency.toLowerCase());
	const amount = (BigInt(order.total.amount) * BigInt(Math.round(percent * 100))) / 10_000n;
	return `${formatUnits(amount, token?.decimals ?? 0)} ${token?.symbol ?? order.total.currency}`;
}

async function list(arbitrator: WalletUser, disputes: OrderSummary[]): Promise<void> {
	if (disputes.length === 0) return console.log('No dispute waits for a ruling. · 没有待裁决的争议。');
	for (const one of disputes) {
		const { disputeReason, tracking } = await arbitrator.client.get<OrderView>(`/api/orders/${one.id}`);
		console.log(`${one.id}
   ${one.listing.title.en ?? Object.values(one.listing.title)[0]} × ${one.quantity}, ${await amountOf(arbitrator, one, 100)}, of the shop ${one.shop.slug}
   decide by ${new Date(one.deadline * 1000).toISOString()}, else half each
   tracking: ${tracking ? `${tracking.carrier} ${tracking.number}` : 'none'}
   the buyer says: ${disputeReason ?? '(no reason was left with this operator)'}
`);
	}
	console.log(usage);
}

async function ruleOne(arbitrator: WalletUser, dispute: OrderSummary, percent: number, sure: boolean): Promise<void> {
	const words = `${await amountOf(arbitrator, dispute, percent)} to the buyer, ${await amountOf(arbitrator, dispute, 100 - percent)} to the seller's side`;
	if (!sure) {
		const ask = createInterface({ input: process.stdin, output: process.stdout });
		const answer = await ask.question(`${words}. This is final and paid out at once. Type "yes": `);
		ask.close();
		if (answer.trim().toLowerCase() !== 'yes') throw new Trouble('Nothing was decided.');
	}
	const { order } = await arbitrator.client.get<OrderView>(`/api/orders/${dispute.id}`);
	await rule(arbitrator, orderFromWire(order), Math.round(percent * 100));
	console.log(`Decided: ${words}. · 已裁决。`);
}

arbitrate().catch((error: unknown) => {
	const { cause } = error as { cause?: { code?: string } };
	if (error instanceof Trouble) console.error(error.message);
	else if (error instanceof Refusal) console.error(`The market refused: ${error.code}`);
	else if (cause?.code === 'ECONNREFUSED') console.error('No market answers there: start it first, or name it with --url.');
	else console.error(error);
	process.exit(1);
});
