import { tokenProbeBytecode } from '@kaishi/protocol/generated/bytecode/token-probe';
import { tokenProbeAbi } from '@kaishi/protocol/generated/token-probe';
import { type Abi, type Address, decodeFunctionResult, encodeFunctionData, erc20Abi, type Hex, numberToHex, pad, parseAbi, slice, toEventSelector } from 'viem';
import type { Chain } from './chain.ts';
import { RpcError } from './rpc-error.ts';

/** What speaks against a token, or should be known about it. */
export interface TokenFinding {
	/** `refuse`: the vault could not keep its promises with it. `know`: somebody holds a power over it. */
	weight: 'refuse' | 'know';
	text: string;
}

export interface TokenInspection {
	address: Address;
	symbol: string | null;
	name: string | null;
	decimals: number | null;
	/** EIP-712 name and version, when it takes ERC-3009 authorizations. */
	authorization: { name: string; version: string } | null;
	/** Nothing refuses it, and money was really moved there and back in the simulation. */
	fit: boolean;
	findings: TokenFinding[];
}

/** Stands in the vault's place, where nobody lives. */
const STAND_IN: Address = '0x000000000000000000000000000000006b614973';
const TRANSFER = toEventSelector('Transfer(address,address,uint256)');
/** EIP-1967: where proxies keep the address of their code. */
const PROXY_SLOT: Hex = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
const SEARCHED_BLOCKS = 5_000n;
const probes = parseAbi([
	'function authorizationState(address, bytes32) view returns (bool)',
	'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
	'function paused() view returns (bool)',
	'function isBlacklisted(address) view returns (bool)',
	'function isBlackListed(address) view returns (bool)',
	'function getTotalShares() view returns (uint256)',
]);

/**
 * Looks at a token before governance is asked to allow it: what it says of itself, and whether exactly what is sent
 * arrives, both ways, in a simulation on the chain as it is now. Nothing is sent.
 * @param holder somebody who holds some; found among recent transfers when left out.
 */
export async function inspectToken(chain: Pick<Chain, 'request' | 'head'>, token: Address, holder?: Address): Promise<TokenInspection> {
	const findings: TokenFinding[] = [];
	const say = (weight: TokenFinding['weight'], text: string) => void findings.push({ weight, text });
	const code = await chain.request<Hex>('eth_getCode', [token, 'latest']);
	if (code === '0x') {
		say('refuse', 'There is no contract at this address.');
		return { address: token, symbol: null, name: null, decimals: null, authorization: null, fit: false, findings };
	}
	const ask = createAsker(chain, token);
	const [symbol, name, decimals] = await Promise.all([ask(erc20Abi, 'symbol'), ask(erc20Abi, 'name'), ask(erc20Abi, 'decimals')]);
	if (typeof symbol !== 'string' || !/^[\p{L}\p{N} .'-]{1,12}$/u.test(symbol))
		say('refuse', 'Its symbol cannot be shown: up to 12 letters, digits, dots and dashes.');
	if (typeof name !== 'string' || !/^[\p{L}\p{N} .'-]{1,60}$/u.test(name))
		say('refuse', 'Its name cannot be shown: up to 60 letters, digits, dots and dashes.');
	if (typeof decimals !== 'number' || decimals > 36) say('refuse', 'Its decimals cannot be read, or are more than 36: nobody could write an amount of it.');
	else if (decimals < 2) say('know', `It has ${decimals} decimals: prices in it are coarse.`);
	const known = await powersOver(chain, token, ask);
	for (const power of known) say('know', power);
	await moveThereAndBack(chain, token, holder ?? (await findHolder(chain, token, ask)), ask, say);
	return {
		address: token,
		symbol: typeof symbol === 'string' ? symbol : null,
		name: typeof name === 'string' ? name : null,
		decimals: typeof decimals === 'number' ? decimals : null,
		authorization: await authorizationOf(ask),
		fit: findings.every(({ weight }) => weight !== 'refuse'),
		findings,
	};
}

type Ask = (abi: Abi, functionName: string, args?: readonly unknown[]) => Promise<unknown>;

/** Asks the token; null when it does not answer as it should. */
function createAsker(chain: Pick<Chain, 'request'>, token: Address): Ask {
	return async (abi, functionName, args = []) => {
		try {
			const data = await chain.request<Hex>('eth_call', [{ to: token, data: encodeFunctionData({ abi, functionName, args }) }, 'latest']);
			return decodeFunctionResult({ abi, functionName, args, data }) as unknown;
		} catch {
			// It reverts, answers nothing or something else.
			return null;
		}
	};
}

async function powersOver(chain: Pick<Chain, 'request'>, token: Address, ask: Ask): Promise<string[]> {
	const [proxied, paused, blacklist, blackList, shares] = await Promise.all([
		chain.request<Hex>('eth_getStorageAt', [token, PROXY_SLOT, 'latest']),
		ask(probes, 'paused'),
		ask(probes, 'isBlacklisted', [STAND_IN]),
		ask(probes, 'isBlackListed', [STAND_IN]),
		ask(probes, 'getTotalShares'),
	]);
	return [
		...(BigInt(proxied) !== 0n ? ['Its code can be replaced (EIP-1967 proxy).'] : []),
		...(paused !== null ? ['Its issuer can stop all transfers: withdrawals would wait, orders would go on.'] : []),
		...(blacklist !== null || blackList !== null
			? ['Its issuer can freeze accounts: whoever is frozen withdraws elsewhere or waits, nobody else is touched.']
			: []),
		...(shares !== null ? ['It seems to rebase: balances may change by themselves, and the vault would hold more or less than it owes.'] : []),
	];
}

async function authorizationOf(ask: Ask): Promise<TokenInspection['authorization']> {
	if ((await ask(probes, 'authorizationState', [STAND_IN, pad('0x01', { size: 32 })])) === null) return null;
	const domain = (await ask(probes, 'eip712Domain')) as [unknown, string, string] | null;
	return domain === null ? null : { name: domain[1], version: domain[2] };
}

async function moveThereAndBack(
	chain: Pick<Chain, 'request'>,
	token: Address,
	holder: Address | null,
	ask: Ask,
	say: (weight: TokenFinding['weight'], text: string) => void,
): Promise<void> {
	const held = holder === null ? 0n : ((await ask(erc20Abi, 'balanceOf', [holder])) as bigint | null);
	if (holder === null || held === null || held === 0n) return say('refuse', 'Nobody was found who holds some, so nothing could be tried: name a holder.');
	const code = await chain.request<Hex>('eth_call', [{ data: tokenProbeBytecode }, 'latest']);
	// Odd and not round, so that a share kept back shows.
	const amount = held > 10_007n ? 10_007n : held;
	const data = encodeFunctionData({ abi: tokenProbeAbi, functionName: 'probe', args: [token, STAND_IN, amount] });
	try {
		const answer = await chain.request<Hex>('eth_call', [
			{ from: holder, to: holder, data, gas: numberToHex(5_000_000) },
			'latest',
			{ [holder]: { code }, [STAND_IN]: { code } },
		]);
		const found = decodeFunctionResult({ abi: tokenProbeAbi, functionName: 'probe', data: answer });
		if (found.received !== amount) say('refuse', `Of ${amount} sent, ${found.received} arrived: it keeps a fee, or does not move what it says.`);
		if (found.spent !== amount) say('refuse', `Sending ${amount} took ${found.spent} from the sender.`);
		const back = found.received < amount ? found.received : amount;
		if (found.returned !== back || found.kept !== found.received - back) say('refuse', `Of ${back} paid out, ${found.returned} arrived.`);
	} catch (error) {
		if (!(error instanceof RpcError)) throw error;
		say('refuse', 'It refused to be moved there and back.');
	}
}

/** Somebody among the recent transfers who still holds some. */
async function findHolder(chain: Pick<Chain, 'request' | 'head'>, token: Address, ask: Ask): Promise<Address | null> {
	const { number } = await chain.head();
	const fromBlock = numberToHex(number > SEARCHED_BLOCKS ? number - SEARCHED_BLOCKS : 0n);
	const logs = await chain.request<{ topics: Hex[] }[]>('eth_getLogs', [{ address: token, topics: [TRANSFER], fromBlock, toBlock: 'latest' }]).catch(() => []);
	const seen = new Set<Address>();
	for (const { topics } of logs.toReversed()) {
		const to = topics[2] && slice(pad(topics[2], { size: 32 }), 12);
		if (!to || seen.has(to)) continue;
		seen.add(to);
		if ((((await ask(erc20Abi, 'balanceOf', [to])) as bigint | null) ?? 0n) > 0n) return to;
		if (seen.size > 20) break;
	}
	return null;
}
