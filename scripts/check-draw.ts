// `npm run check-draw -- <rpc url> <pot id>`: reads a red packet or lucky draw from a chain and recomputes who won. Asks that chain and nobody else.
import { parseArgs } from 'node:util';
import { potsAbi } from '@kaishi/protocol/generated/pots';
import { armedBlockOf, checkPot, keptBackIn, type PotFault, type PotHistory, type PotLog, potHistoryOf } from '@kaishi/protocol/live';
import { type Address, encodeEventTopics, type Hex, isAddress, isAddressEqual, numberToHex, pad } from 'viem';

const usage = `npm run check-draw -- <rpc url> <pot id>     for example http://localhost:4100/rpc 3
   --pots <address>   the contract, where several on this chain know a pot of this number`;

class Trouble extends Error {}

type Ask = <T>(method: string, params: readonly unknown[]) => Promise<T>;
type ChainLog = PotLog & { address: Address; removed?: boolean };

const faultWords: Record<PotFault, string> = {
	secret: "the host's number is not the one it sealed, or decided though it had no say any more",
	block: 'the hash that decided is not that of the block that was named, or somebody could still choose when it was named',
	reveal: 'somebody showed another number than the one they sealed',
	seed: 'the seed does not follow from the numbers',
	winners: 'those paid are not those the seed names, or not with these amounts',
	sum: 'what was paid and returned is not what was put in',
};

function askOf(url: string): Ask {
	return async <T>(method: string, params: readonly unknown[]): Promise<T> => {
		const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
		const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => null);
		if (!response?.ok) throw new Trouble(`${url} does not answer.`);
		const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
		if (error) throw new Trouble(`The chain refused ${method}: ${error.message}`);
		return result;
	};
}

/** The contract that says it opened the pot. Throws `Trouble` when none or several do: a stranger may deploy one that lies. */
async function findContract(ask: Ask, potId: bigint): Promise<Address> {
	const topics = encodeEventTopics({ abi: potsAbi, eventName: 'PotOpened', args: { potId } });
	const logs = await ask<ChainLog[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest', topics }]);
	const known = [...new Set(logs.map(({ address }) => address.toLowerCase() as Address))];
	if (known.length > 1) throw new Trouble(`Several contracts know a pot ${potId}: name the market's with --pots.\n${known.join('\n')}`);
	if (!known[0]) throw new Trouble(`No contract on this chain knows a pot ${potId}.`);
	return known[0];
}

async function readHistory(ask: Ask, pots: Address, potId: bigint): Promise<PotHistory> {
	const topics = [null, pad(numberToHex(potId), { size: 32 })];
	const found = await ask<ChainLog[]>('eth_getLogs', [{ address: pots, fromBlock: '0x0', toBlock: 'latest', topics }]);
	const logs = found.filter(({ address, removed }) => isAddressEqual(address, pots) && removed !== true);
	const armed = armedBlockOf(potId, logs);
	const block = armed === null ? null : await ask<{ hash: Hex } | null>('eth_getBlockByNumber', [numberToHex(armed), false]);
	const history = potHistoryOf(potId, logs, block?.hash ?? null);
	if (history === null) throw new Trouble(`${pots} knows no pot ${potId}.`);
	return history;
}

function describe(history: PotHistory, pots: Address): string[] {
	const { kind, host, amount, places, entered, candidates, armed, decided, paid, returned } = history;
	const decider =
		decided === null
			? 'nobody yet'
			: armed?.withHost
				? 'the number that the host sealed before anyone entered, and the hash of a block that was made when all others were shown'
				: 'the hash of a block alone, because the host kept its number back or sealed none';
	return [
		`pot ${history.potId} of ${pots}: ${kind}, ${amount} base units in ${places} parts, given by ${host}`,
		`${entered.length} entered, ${kind === 'even' ? entered.length : candidates.length} could win, ${keptBackIn(history)} sealed a number and kept it back`,
		...(kind === 'even' ? [] : [`decided by ${decider}${decided === null ? '' : `\nseed ${decided.seed}`}`]),
		...paid.map(({ account, amount: won }) => `  ${account}  ${won}`),
		returned === null ? 'not over yet' : `${returned} went back to the host`,
	];
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { pots: { type: 'string' } } });
	const [url, id] = positionals;
	const named = values.pots;
	if (!url || !URL.canParse(url) || !/^\d{1,20}$/.test(id ?? '') || (named !== undefined && !isAddress(named))) throw new Trouble(usage);
	const [ask, potId] = [askOf(url), BigInt(id ?? '')];
	const pots = named ?? (await findContract(ask, potId));
	const history = await readHistory(ask, pots, potId);
	console.log(describe(history, pots).join('\n'));
	const faults = checkPot(history);
	for (const fault of faults) console.log(`WRONG: ${faultWords[fault]}`);
	if (faults.length > 0) process.exitCode = 1;
	else console.log(history.returned === null ? 'So far it agrees with the rules.' : 'Recomputed: it agrees with the rules.');
}

main().catch((error: unknown) => {
	console.error(`\n${error instanceof Trouble ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
