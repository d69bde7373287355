import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	buildUserOperation,
	type Call,
	encodeInitCode,
	encodeMultiSignature,
	encodeWebAuthnSignature,
	type PackedUserOperation,
	passkeySigner,
	userOperationHash,
} from '@kaishi/protocol/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import { type OfferTerms, type Order, orderBookDomain, orderTypes, termsToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { type Address, encodeFunctionData, type Hex, zeroAddress, zeroHash } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { freshNonce, randomSalt, SoftwareAuthenticator } from '../../../../testkit/src/actors/software-authenticator.ts';
import type { Chain } from '../chain/chain.ts';
import { ensureDeployment } from '../chain/deploy.ts';
import type { Deployment } from '../chain/deployment.ts';
import { openChain } from '../chain/open-chain.ts';
import { createOperator, type Operator } from '../chain/operator.ts';
import { readContract } from '../chain/read-contract.ts';
import { openRelayer, type RelayerOptions } from './open-relayer.ts';
import type { Relayer } from './relayer.ts';

/** A deployed market with a relayer and no tables, for tests of the relayer alone. */
export interface TestMarket {
	dataDir: string;
	chain: Chain;
	deployment: Deployment;
	operator: Operator;
	relayer: Relayer;
	/** A second relayer of the same market, as after a restart or of another operator process. */
	openRelayer(options?: Partial<RelayerOptions>): Relayer;
	close(): Promise<void>;
}

export async function openTestMarket(options: Partial<RelayerOptions> = {}): Promise<TestMarket> {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-relayer-'));
	const { chain, keys } = await openChain({ config: { dataDir, rpcUrl: null, operatorKey: null, blockMs: 20 } });
	const deployment = await ensureDeployment({ chain, keys, dataDir });
	const operator = createOperator(chain, keys.operator.account);
	const open = (more: Partial<RelayerOptions> = {}) =>
		openRelayer({ chain, deployment, operator, waitForProjection: async () => undefined, ...options, ...more });
	return {
		dataDir,
		chain,
		deployment,
		operator,
		relayer: open(),
		openRelayer: open,
		async close() {
			await chain.close();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** A passkey whose operations are signed here, with every part open to bending. */
export class TestPasskey {
	readonly authenticator = new SoftwareAuthenticator('http://localhost:4000');
	readonly market: TestMarket;
	readonly signer: Hex;
	address: Address = zeroAddress;
	deployed = false;

	private constructor(market: TestMarket) {
		this.market = market;
		this.signer = passkeySigner(market.deployment.contracts.webAuthnVerifier, this.authenticator.publicKey);
	}

	static async create(market: TestMarket): Promise<TestPasskey> {
		const passkey = new TestPasskey(market);
		passkey.address = await readContract(market.chain, {
			address: market.deployment.contracts.accountFactory,
			abi: accountFactoryAbi,
			functionName: 'predict',
			args: [[passkey.signer], 1n, zeroHash],
		});
		return passkey;
	}

	operation(calls: Call[], change: Partial<PackedUserOperation> = {}): PackedUserOperation {
		const { accountFactory, entryPoint } = this.market.deployment.contracts;
		const initCode = this.deployed ? {} : { initCode: encodeInitCode(accountFactory, [this.signer], 1n, zeroHash) };
		const operation = { ...buildUserOperation({ sender: this.address, nonce: freshNonce(), calls, ...initCode }), ...change };
		const hash = userOperationHash(operation, this.market.chain.chainId, entryPoint);
		return { ...operation, signature: encodeMultiSignature([{ signer: this.signer, signature: encodeWebAuthnSignature(this.authenticator.signHash(hash)) }]) };
	}

	async execute(calls: Call[]) {
		const relayed = await this.market.relayer.userOperation(this.operation(calls));
		this.deployed = true;
		return relayed;
	}
}

/** An external wallet. */
export const testWallet = (): PrivateKeyAccount => privateKeyToAccount(generatePrivateKey());

export const openShopCall = (market: TestMarket, owner: Address, slug: string): Call => ({
	to: market.deployment.contracts.shop,
	data: encodeFunctionData({ abi: shopAbi, functionName: 'open', args: [slug, owner, toCanonicalHex({ name: { en: slug } })] }),
});

export function testTerms(market: TestMarket, change: Partial<OfferTerms> = {}): OfferTerms {
	return {
		currency: market.deployment.currencies[0]?.address ?? zeroAddress,
		unitPrice: 1_000_000n,
		shippingPrice: 0n,
		returnShippingPrice: 0n,
		shipDate: 0,
		shipBySeconds: 86_400,
		confirmBySeconds: 86_400,
		cancelSeconds: 3600,
		returnSeconds: 0,
		warrantySeconds: 0,
		restockingBps: 0,
		warrantyBps: 0,
		remedies: 0,
		affiliateBps: 0,
		arbitrator: market.deployment.arbitrators[0] ?? zeroAddress,
		splits: [],
		...change,
	};
}

/** Opens a shop with one listing; returns its first offer. */
export async function openStall(market: TestMarket, seller: TestPasskey, slug: string, terms: OfferTerms, stock: number): Promise<bigint> {
	const opened = await seller.execute([openShopCall(market, seller.address, slug)]);
	const data = encodeFunctionData({
		abi: catalogAbi,
		functionName: 'publish',
		args: [BigInt(opened.created.shopIds[0] ?? 0), 0, toCanonicalHex({ title: { en: slug } }), [termsToAbi(terms)], [stock]],
	});
	const published = await seller.execute([{ to: market.deployment.contracts.catalog, data }]);
	return BigInt(published.created.listingIds[0] ?? 0) << 16n;
}

export function testOrder(offerId: bigint, terms: OfferTerms, buyer: Address, change: Partial<Order> = {}): Order {
	return {
		offerId,
		version: 1,
		terms,
		buyer,
		quantity: 1n,
		affiliate: zeroAddress,
		feeBps: 0,
		detailsHash: zeroHash,
		validBefore: 4_000_000_000n,
		salt: randomSalt(),
		...change,
	};
}

/** A wallet with test money that the order book may take. */
export async function fundedWallet(market: TestMarket): Promise<PrivateKeyAccount> {
	const wallet = testWallet();
	const token = market.deployment.currencies[0]?.address ?? zeroAddress;
	await market.relayer.faucet(wallet.address);
	const raw = await wallet.signTransaction({
		type: 'eip1559',
		chainId: market.chain.chainId,
		nonce: 0,
		gas: 100_000n,
		maxFeePerGas: 2_000_000_000n,
		maxPriorityFeePerGas: 0n,
		to: token,
		data: encodeFunctionData({ abi: testTokenAbi, functionName: 'approve', args: [market.deployment.contracts.orderBook, 2n ** 255n] }),
	});
	await market.chain.submit(raw);
	return wallet;
}

export function signOrder(market: TestMarket, wallet: PrivateKeyAccount, order: Order, chainId = market.chain.chainId): Promise<Hex> {
	return wallet.signTypedData({
		domain: orderBookDomain(chainId, market.deployment.contracts.orderBook),
		types: orderTypes,
		primaryType: 'Order',
		message: order,
	});
}

export async function stateOf(market: TestMarket, orderId: Hex): Promise<number> {
	const [state] = await readContract(market.chain, {
		address: market.deployment.contracts.orderBook,
		abi: orderBookAbi,
		functionName: 'stateOf',
		args: [orderId],
	});
	return state;
}
