import { type Address, type Hex, hashTypedData, keccak256, numberToHex, toHex, zeroAddress, zeroHash } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { Chain, present } from './chain.ts';
import { type Deployment, deploy } from './deployment.ts';
import { type Action, actionNumber, type OfferTerms, type Order, orderActionTypes, orderTypes, settlementOfferTypes, stateNames } from './orders.ts';
import { type Artifact, productionRuntime } from './production.ts';

export const HOUR = 3600;
export const DAY = 86_400;
export const GENESIS = Date.parse('2030-01-01T00:00:00Z') / 1000;

export const keyOf = (name: string) => keccak256(toHex(name));

/** A whole market on a fresh chain, from the bytecode that is deployed in earnest. */
export class Market {
	readonly chain: Chain;
	/** Wallets whose keys tests hold. */
	readonly keys = { seller: privateKeyToAccount(keyOf('seller')), arbitrator: privateKeyToAccount(keyOf('arbitrator')) };
	readonly operator: Address;
	readonly seller = this.keys.seller.address;
	readonly arbitrator = this.keys.arbitrator.address;
	readonly feeRecipient: Address;
	readonly shopId = 1n;
	readonly forwarder: Deployment['forwarder'];
	readonly parameters: Deployment['parameters'];
	readonly shop: Deployment['shop'];
	readonly batch: Deployment['batch'];
	readonly operators: Deployment['operators'];
	readonly tabs: Deployment['tabs'];
	readonly catalog: Deployment['catalog'];
	readonly auctions: Deployment['auctions'];
	readonly orderBook: Deployment['orderBook'];
	readonly pots: Deployment['pots'];
	readonly token: Deployment['token'];
	readonly verifier: Deployment['verifier'];
	readonly recovery: Deployment['recovery'];
	readonly factory: Deployment['factory'];
	readonly entryPoint: Deployment['entryPoint'];
	readonly deadline: Deployment['deadline'];
	private salt = 0;
	private readonly ids = new WeakMap<Order, Hex>();

	private constructor(chain: Chain, deployment: Deployment, operator: Address, feeRecipient: Address) {
		this.chain = chain;
		this.operator = operator;
		this.feeRecipient = feeRecipient;
		this.forwarder = deployment.forwarder;
		this.parameters = deployment.parameters;
		this.shop = deployment.shop;
		this.batch = deployment.batch;
		this.operators = deployment.operators;
		this.tabs = deployment.tabs;
		this.catalog = deployment.catalog;
		this.auctions = deployment.auctions;
		this.orderBook = deployment.orderBook;
		this.pots = deployment.pots;
		this.token = deployment.token;
		this.verifier = deployment.verifier;
		this.recovery = deployment.recovery;
		this.factory = deployment.factory;
		this.entryPoint = deployment.entryPoint;
		this.deadline = deployment.deadline;
	}

	/** Deploys, allows both currencies and the arbitrator, and opens the seller's shop. */
	static async open(chainId = 31337): Promise<Market> {
		const runtime = await productionRuntime();
		const connection = await runtime.network.create({ override: { chainId, initialDate: new Date(GENESIS * 1000) } });
		const chain = await Chain.from(connection);
		const bytecode = async (name: string) => ((await runtime.artifacts.readArtifact(name)) as unknown as Artifact).bytecode;
		const operator = present(chain.accounts[0], 'operator');
		const feeRecipient = present(chain.accounts[1], 'fee recipient');
		const market = new Market(chain, await deploy(chain, bytecode, operator, feeRecipient), operator, feeRecipient);
		await chain.fund(market.seller);
		await chain.fund(market.arbitrator);
		for (const currency of [zeroAddress, market.token.address] as const) {
			await chain.write(operator, market.parameters, 'setCurrency', [currency, true]);
		}
		await chain.write(operator, market.parameters, 'setArbitrator', [market.arbitrator, true]);
		await chain.write(market.seller, market.shop, 'open', ['tea-house', market.seller, toHex('{}')]);
		return market;
	}

	/** A wallet known by name, with coin for gas. */
	async wallet(name: string): Promise<PrivateKeyAccount> {
		const wallet = privateKeyToAccount(keyOf(name));
		await this.chain.fund(wallet.address);
		return wallet;
	}

	terms(change: Partial<OfferTerms> = {}): OfferTerms {
		return {
			currency: this.token.address,
			unitPrice: 25_000_000n,
			shippingPrice: 3_000_000n,
			returnShippingPrice: 0n,
			shipDate: 0,
			shipBySeconds: 2 * DAY,
			confirmBySeconds: 7 * DAY,
			cancelSeconds: HOUR,
			returnSeconds: 7 * DAY,
			warrantySeconds: 0,
			restockingBps: 0,
			warrantyBps: 0,
			affiliateBps: 0,
			remedies: 0,
			arbitrator: this.arbitrator,
			splits: [],
			...change,
		};
	}

	/** Publishes one listing and returns its first variant's offer id. */
	async publish(terms: OfferTerms | OfferTerms[], stock = 2 ** 48 - 1, content: Hex = toHex('{"title":"Tea"}')): Promise<bigint> {
		const all = [terms].flat();
		const stocks = all.map(() => stock);
		const receipt = await this.chain.write(this.seller, this.catalog, 'publish', [this.shopId, 0, content, all, stocks]);
		return BigInt(present(receipt.logs.at(-1)?.topics[1], 'listing id')) << 16n;
	}

	order(offerId: bigint, terms: OfferTerms, buyer: Address, change: Partial<Order> = {}): Order {
		return {
			offerId,
			version: 1,
			terms,
			buyer,
			quantity: 1n,
			affiliate: zeroAddress,
			feeBps: 0,
			detailsHash: keyOf('details'),
			validBefore: BigInt(GENESIS + 1000 * DAY),
			salt: keccak256(numberToHex(++this.salt, { size: 32 })),
			...change,
		};
	}

	get domain() {
		return { name: 'Kaishi', version: '1', chainId: 31337, verifyingContract: this.orderBook.address } as const;
	}

	orderId(o: Order): Hex {
		const known = this.ids.get(o);
		if (known) return known;
		const id = hashTypedData({ domain: this.domain, types: orderTypes, primaryType: 'Order', message: o });
		this.ids.set(o, id);
		return id;
	}

	signOrder(wallet: PrivateKeyAccount, o: Order): Promise<Hex> {
		return wallet.signTypedData({ domain: this.domain, types: orderTypes, primaryType: 'Order', message: o });
	}

	/** @param at the step at which the action is good; by default the one that the order is at. */
	async signAction(wallet: PrivateKeyAccount, o: Order, name: Action, data: Hex = zeroHash, bps = 0, at?: number) {
		const action = actionNumber[name];
		const { validBefore } = o;
		const step = at ?? (await this.stateOf(o)).step;
		const signature = await wallet.signTypedData({
			domain: this.domain,
			types: orderActionTypes,
			primaryType: 'OrderAction',
			message: { orderId: this.orderId(o), action, bps, data, step, validBefore },
		});
		return { order: o, action, bps, actor: wallet.address, data, step, validBefore, signature };
	}

	/** A side's offer to end the order by a split, as `settle` takes it. */
	async signOffer(wallet: PrivateKeyAccount, o: Order, buyerBps: number, at?: number) {
		const step = at ?? (await this.stateOf(o)).step;
		const { validBefore } = o;
		const message = { orderId: this.orderId(o), buyerBps, step, validBefore };
		const signature = await wallet.signTypedData({ domain: this.domain, types: settlementOfferTypes, primaryType: 'SettlementOffer', message });
		return { by: wallet.address, buyerBps, step, validBefore, signature };
	}

	/** Takes a step as `actor`. */
	perform(actor: Address, o: Order, action: Action, data: Hex = zeroHash, bps = 0) {
		return this.chain.write(actor, this.orderBook, 'perform', [o, actionNumber[action], bps, data]);
	}

	/** Mints tokens to `account` and lets the order book draw on them. */
	async allow(account: Address, amount: bigint): Promise<void> {
		await this.chain.write(this.operator, this.token, 'mint', [account, amount]);
		await this.chain.write(account, this.token, 'approve', [this.orderBook.address, 2n ** 256n - 1n]);
	}

	/** Puts tokens into the account's balance inside the order book. */
	async stake(account: Address, amount: bigint): Promise<void> {
		const { chain, operator } = this;
		await chain.write(operator, this.token, 'mint', [operator, amount]);
		await chain.write(operator, this.token, 'approve', [this.orderBook.address, amount]);
		await chain.write(operator, this.orderBook, 'deposit', [account, this.token.address, amount]);
	}

	/** A buyer's ERC-3009 authorization of `value` to the order book. */
	authorize(wallet: PrivateKeyAccount, value: bigint, nonce: Hex, validBefore = BigInt(GENESIS + 1000 * DAY)): Promise<Hex> {
		return wallet.signTypedData({
			domain: { name: 'Test Dollar', version: '1', chainId: 31337, verifyingContract: this.token.address },
			primaryType: 'ReceiveWithAuthorization',
			types: {
				ReceiveWithAuthorization: [
					{ name: 'from', type: 'address' },
					{ name: 'to', type: 'address' },
					{ name: 'value', type: 'uint256' },
					{ name: 'validAfter', type: 'uint256' },
					{ name: 'validBefore', type: 'uint256' },
					{ name: 'nonce', type: 'bytes32' },
				],
			},
			message: { from: wallet.address, to: this.orderBook.address, value, validAfter: 0n, validBefore, nonce },
		});
	}

	async stateOf(o: Order): Promise<{ state: (typeof stateNames)[number]; deadline: number; step: number }> {
		const [state, deadline, step] = (await this.chain.read(this.orderBook, 'stateOf', [this.orderId(o)])) as [number, number, number];
		return { state: present(stateNames[state], 'state'), deadline, step };
	}
}
