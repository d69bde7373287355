import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { accountBytecode } from '@kaishi/protocol/generated/bytecode/account';
import { accountFactoryBytecode } from '@kaishi/protocol/generated/bytecode/account-factory';
import { batchBytecode } from '@kaishi/protocol/generated/bytecode/batch';
import { deadlineBytecode } from '@kaishi/protocol/generated/bytecode/deadline';
import { entryPointBytecode, entryPointSalt } from '@kaishi/protocol/generated/bytecode/entry-point';
import { forwarderBytecode } from '@kaishi/protocol/generated/bytecode/forwarder';
import { recoveryBytecode } from '@kaishi/protocol/generated/bytecode/recovery';
import { timelockBytecode } from '@kaishi/protocol/generated/bytecode/timelock';
import { webAuthnVerifierBytecode } from '@kaishi/protocol/generated/bytecode/web-authn-verifier';
import { timelockAbi } from '@kaishi/protocol/generated/timelock';
import type { Currency } from '@kaishi/protocol/platform/money';
import { type Address, encodeDeployData, type Hex, isAddressEqual, keccak256, zeroAddress, zeroHash } from 'viem';
import { readProposedCurrencies, withProposed } from '../config/proposed-currencies.ts';
import { readCurrencies } from '../config/read-currencies.ts';
import type { Chain } from './chain.ts';
import { addressOf, DeploymentError, ensureContract, ensureProxy, hasCode } from './create2.ts';
import { ensureCourt } from './deploy-court.ts';
import { ensureParameters, ensureTrade, handOverParameters } from './deploy-market.ts';
import { ensureOperator } from './deploy-operator.ts';
import { ensureTestMoney } from './deploy-test-money.ts';
import type { Deployment } from './deployment.ts';
import type { OperatorKeys } from './keys.ts';
import { createOperator } from './operator.ts';

export interface DeployOptions {
	chain: Chain;
	keys: OperatorKeys;
	/** `deployment.json` is kept here. Without it, or when it got lost, everything is found again on the chain. */
	dataDir: string;
	/** JSON file with the tokens accepted on a real chain; the embedded one makes its own. */
	currenciesFile?: string | null;
}

/** Where the canonical EntryPoint v0.8 stands on every chain. */
const ENTRY_POINT: Address = '0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108';
const TIMELOCK_SECONDS = 48n * 3600n;

/**
 * Makes sure that a whole market stands on the chain and returns where. Does only what is missing, so it can be
 * called at every start and again after a crash in the middle.
 */
export async function ensureDeployment(options: DeployOptions): Promise<Deployment> {
	const path = join(options.dataDir, 'deployment.json');
	const known = await readKnown(path, options.chain);
	const deployment = known ?? (await deploy(options));
	if (known === null) writeWhole(path, `${JSON.stringify(deployment, null, '\t')}\n`);
	return { ...deployment, currencies: withProposed(deployment.currencies, readProposedCurrencies(options.dataDir)) };
}

async function deploy({ chain, keys, currenciesFile = null }: DeployOptions): Promise<Deployment> {
	// Before the first transaction: a mistake in the file should cost nothing.
	const listed = chain.embedded || currenciesFile === null ? [] : readCurrencies(currenciesFile);
	const operator = createOperator(chain, keys.operator.account);
	await ensureProxy(chain, operator);
	const put = (name: string, initCode: Hex, salt: Hex) => ensureContract(chain, operator, name, initCode, salt);

	// Shared by every market of a chain: accounts and signatures stay the same when an operator is left behind.
	const entryPoint = await put('EntryPoint', entryPointBytecode, entryPointSalt);
	if (!isAddressEqual(entryPoint, ENTRY_POINT)) throw new DeploymentError('the EntryPoint is not the canonical one');
	const forwarder = await put('Forwarder', forwarderBytecode, zeroHash);
	const batch = await put('Batch', batchBytecode, zeroHash);
	const deadline = await put('Deadline', deadlineBytecode, zeroHash);
	const webAuthnVerifier = await put('WebAuthnVerifier', webAuthnVerifierBytecode, zeroHash);
	const recovery = await put('Recovery', recoveryBytecode, zeroHash);
	const accountCode = encodeDeployData({ abi: accountAbi, bytecode: accountBytecode, args: [recovery] });
	const accountImplementation = await put('Account', accountCode, zeroHash);
	const accountFactory = await put(
		'AccountFactory',
		encodeDeployData({ abi: accountFactoryAbi, bytecode: accountFactoryBytecode, args: [accountImplementation] }),
		zeroHash,
	);

	// This operator's market.
	const salt = keccak256(operator.address);
	const timelockCode = encodeDeployData({
		abi: timelockAbi,
		bytecode: timelockBytecode,
		args: [TIMELOCK_SECONDS, [operator.address], [zeroAddress], zeroAddress],
	});
	// Nobody remembers when an earlier start began: then every block is looked at.
	const startBlock = chain.embedded || (await hasCode(chain, addressOf(timelockCode, salt))) ? 0 : Number((await chain.head()).number);
	const timelock = await put('Timelock', timelockCode, salt);
	const testMoney = chain.embedded ? await ensureTestMoney(chain, operator, salt) : null;
	const native: Currency = {
		address: zeroAddress,
		symbol: 'ETH',
		name: 'Ether',
		decimals: 18,
		iso: null,
		asset: 'ETH',
		test: chain.embedded,
		authorization: null,
	};
	const tokens = testMoney?.currencies ?? listed;
	const currencies = tokens.some((currency) => currency.address === zeroAddress) ? tokens : [...tokens, native];
	const parameters = await ensureParameters(chain, operator, { salt, timelock });
	const trade = await ensureTrade(chain, operator, { salt, parameters, forwarder, batch });
	const justice = await ensureCourt(chain, operator, { salt, timelock, forwarder, currencies, ...trade });
	const arbitrators = [keys.arbitrator.account.address, justice.court];
	await handOverParameters(chain, operator, parameters, { timelock, currencies: currencies.map(({ address }) => address), arbitrators });
	const registered = await ensureOperator(chain, operator, { ...trade, currencies });
	return {
		chainId: chain.chainId,
		contracts: {
			...trade,
			...justice,
			parameters,
			timelock,
			accountFactory,
			recovery,
			webAuthnVerifier,
			forwarder,
			entryPoint,
			batch,
			deadline,
			faucet: testMoney?.faucet ?? null,
		},
		accountImplementation,
		currencies,
		arbitrators,
		operator: registered,
		startBlock,
	};
}

/** What an earlier start wrote down, if it is of this chain and still stands there. */
async function readKnown(path: string, chain: Chain): Promise<Deployment | null> {
	let known: Deployment;
	try {
		known = JSON.parse(readFileSync(path, 'utf8')) as Deployment;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
		throw error;
	}
	if (known.chainId !== chain.chainId) throw new DeploymentError(`${path} is of chain ${known.chainId}, not of ${chain.chainId}`);
	// Contracts have no upgrades: the orders of an earlier version's market can only be served by that version.
	if (known.operator === undefined || known.contracts.auctions === undefined || known.contracts.pots === undefined)
		throw new DeploymentError(`${path} is of a market of an earlier version: run that version, or start with an empty data directory`);
	const addresses = Object.values(known.contracts).filter((address) => address !== null);
	const standing = await Promise.all(addresses.map((address) => hasCode(chain, address)));
	if (standing.every(Boolean)) return known;
	// The embedded chain may have been started afresh beside an old file; a real chain never forgets a contract.
	if (chain.embedded) return null;
	throw new DeploymentError(`${path} names contracts that are not on the chain`);
}

/** Never leaves half a file behind. */
function writeWhole(path: string, text: string) {
	const draft = `${path}.new`;
	const fd = openSync(draft, 'w', 0o600);
	try {
		writeSync(fd, text);
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
	renameSync(draft, path);
}
