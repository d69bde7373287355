import { type Address, concat, getContractAddress, type Hex } from 'viem';
import { entryPoint08Address } from 'viem/account-abstraction';
import * as abis from '../../protocol/src/generated/index.ts';
import type { Chain, Contract } from './chain.ts';
import { ENTRY_POINT_SALT, entryPointArtifact } from './production.ts';

const DETERMINISTIC_DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
/** The deployer's code, for chains that lack it: https://github.com/Arachnid/deterministic-deployment-proxy */
const DETERMINISTIC_DEPLOYER_CODE =
	'0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';

export interface Deployment {
	forwarder: Contract<typeof abis.forwarderAbi>;
	parameters: Contract<typeof abis.parametersAbi>;
	shop: Contract<typeof abis.shopAbi>;
	batch: Contract<typeof abis.batchAbi>;
	operators: Contract<typeof abis.operatorsAbi>;
	tabs: Contract<typeof abis.tabsAbi>;
	catalog: Contract<typeof abis.catalogAbi>;
	auctions: Contract<typeof abis.auctionsAbi>;
	orderBook: Contract<typeof abis.orderBookAbi>;
	reviews: Contract<typeof abis.reviewsAbi>;
	pots: Contract<typeof abis.potsAbi>;
	token: Contract<typeof abis.testTokenAbi>;
	verifier: Contract<typeof abis.webAuthnVerifierAbi>;
	recovery: Contract<typeof abis.recoveryAbi>;
	factory: Contract<typeof abis.accountFactoryAbi>;
	entryPoint: Contract<typeof abis.entryPointAbi>;
	deadline: Contract<typeof abis.deadlineAbi>;
}

/** Deploys everything an embedded market has, as `operator`, who owns the parameters and the test token. */
export async function deploy(chain: Chain, bytecode: (name: string) => Promise<Hex>, operator: Address, feeRecipient: Address): Promise<Deployment> {
	const forwarder = await chain.deploy(abis.forwarderAbi, await bytecode('Forwarder'));
	const batch = await chain.deploy(abis.batchAbi, await bytecode('Batch'));
	const parameters = await chain.deploy(abis.parametersAbi, await bytecode('Parameters'), [operator, feeRecipient]);
	// The order book and the contracts that obey it name each other: its address is known before it exists.
	const nonce = BigInt(await chain.client.getTransactionCount({ address: operator }));
	const expected = getContractAddress({ from: operator, nonce: nonce + 5n });
	const shop = await chain.deploy(abis.shopAbi, await bytecode('Shop'), [expected, forwarder.address]);
	const operators = await chain.deploy(abis.operatorsAbi, await bytecode('Operators'), [expected, parameters.address, forwarder.address]);
	const tabs = await chain.deploy(abis.tabsAbi, await bytecode('Tabs'), [expected, operators.address, batch.address, forwarder.address]);
	const catalog = await chain.deploy(abis.catalogAbi, await bytecode('Catalog'), [shop.address, parameters.address, expected, forwarder.address]);
	const auctions = await chain.deploy(abis.auctionsAbi, await bytecode('Auctions'), [
		expected,
		catalog.address,
		shop.address,
		parameters.address,
		forwarder.address,
	]);
	const orderBook = await chain.deploy(abis.orderBookAbi, await bytecode('OrderBook'), [
		shop.address,
		catalog.address,
		parameters.address,
		tabs.address,
		auctions.address,
		forwarder.address,
	]);
	if (orderBook.address.toLowerCase() !== expected.toLowerCase()) throw new Error('the order book landed elsewhere');
	const reviews = await chain.deploy(abis.reviewsAbi, await bytecode('Reviews'), [orderBook.address, shop.address, forwarder.address]);
	const pots = await chain.deploy(abis.potsAbi, await bytecode('Pots'), [orderBook.address, operators.address, batch.address, forwarder.address]);
	const token = await chain.deploy(abis.testTokenAbi, await bytecode('TestToken'), ['Test Dollar', 'tUSD', 6, operator]);
	const verifier = await chain.deploy(abis.webAuthnVerifierAbi, await bytecode('WebAuthnVerifier'));
	const recovery = await chain.deploy(abis.recoveryAbi, await bytecode('Recovery'));
	const account = await chain.deploy(abis.accountAbi, await bytecode('Account'), [recovery.address]);
	const factory = await chain.deploy(abis.accountFactoryAbi, await bytecode('AccountFactory'), [account.address]);
	const deadline = await chain.deploy(abis.deadlineAbi, await bytecode('Deadline'));
	const entryPoint = await deployEntryPoint(chain, operator);
	return {
		forwarder,
		batch,
		parameters,
		shop,
		operators,
		tabs,
		catalog,
		auctions,
		orderBook,
		reviews,
		pots,
		token,
		verifier,
		recovery,
		factory,
		entryPoint,
		deadline,
	};
}

async function deployEntryPoint(chain: Chain, operator: Address): Promise<Deployment['entryPoint']> {
	if (!(await chain.client.getCode({ address: DETERMINISTIC_DEPLOYER }))) {
		await chain.provider.request({ method: 'hardhat_setCode', params: [DETERMINISTIC_DEPLOYER, DETERMINISTIC_DEPLOYER_CODE] });
	}
	await chain.send({ from: operator, to: DETERMINISTIC_DEPLOYER, data: concat([ENTRY_POINT_SALT, entryPointArtifact().bytecode]) });
	if (!(await chain.client.getCode({ address: entryPoint08Address }))) throw new Error('EntryPoint is not at its canonical address');
	return { address: entryPoint08Address, abi: abis.entryPointAbi };
}
