import {
	type AccountView,
	type Call,
	entryPointDomain,
	type ForwardRequest,
	forwarderDomain,
	forwardRequestTypes,
	type PackedUserOperation,
	type Relayed,
	type RelayForward,
	receiveWithAuthorizationTypes,
	type SignRound,
	type TypedStatement,
	tokenDomain,
	userOperationTypes,
} from '@kaishi/protocol/account';
import {
	type Order,
	type OrderStep,
	orderActions,
	orderActionTypes,
	orderBookDomain,
	orderIdOf,
	orderToWire,
	orderTypes,
	settle,
} from '@kaishi/protocol/order';
import { type Address, type Hex, zeroHash } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { createSiweMessage } from 'viem/siwe';
import { type Actor, mergeRelayed } from './actor.ts';
import type { MarketClient } from './market-client.ts';

const SIGNATURE_LIFETIME_SECONDS = 600;
const CALL_GAS = 6_000_000n;

/** A person with an external wallet who never sends a transaction by themselves: typed data in, relayed calls out. */
export class WalletUser implements Actor {
	readonly kind = 'wallet';
	readonly account: PrivateKeyAccount;
	readonly privateKey: Hex;
	readonly client: MarketClient;

	constructor(client: MarketClient, privateKey: Hex = generatePrivateKey()) {
		this.client = client;
		this.privateKey = privateKey;
		this.account = privateKeyToAccount(privateKey);
	}

	get address(): Address {
		return this.account.address;
	}

	async execute(calls: Call[]): Promise<Relayed> {
		const answers: Relayed[] = [];
		for (const call of calls) answers.push(await this.client.relay('forward', await this.signForward(call)));
		return mergeRelayed(answers);
	}

	/** A signed forward request that nobody has sent yet. */
	async signForward(call: Call, change: Partial<ForwardRequest> & { chainId?: number } = {}): Promise<RelayForward> {
		const market = await this.client.market();
		const { chainId = market.chainId, ...fields } = change;
		const request: ForwardRequest = {
			from: this.address,
			to: call.to,
			value: call.value ?? 0n,
			gas: CALL_GAS,
			nonce: BigInt((await this.view()).forwarderNonce),
			deadline: (await this.client.now()) + SIGNATURE_LIFETIME_SECONDS,
			data: call.data,
			...fields,
		};
		const signature = await this.account.signTypedData({
			domain: forwarderDomain(chainId, market.contracts.forwarder),
			types: forwardRequestTypes,
			primaryType: 'ForwardRequest',
			message: request,
		});
		return { request: { ...request, value: request.value.toString(), gas: request.gas.toString(), nonce: request.nonce.toString() }, signature };
	}

	async cosign(operation: PackedUserOperation): Promise<SignRound> {
		const { chainId, contracts } = await this.client.market();
		const domain = entryPointDomain(chainId, contracts.entryPoint);
		const signature = await this.account.signTypedData({ domain, types: userOperationTypes, primaryType: 'PackedUserOperation', message: operation });
		return { signer: this.address.toLowerCase() as Hex, signature };
	}

	view(): Promise<AccountView> {
		return this.client.get<AccountView>(`/api/accounts/${this.address}`);
	}

	/** One ERC-3009 signature where the token takes it, else a signed order paid from balance or allowance. */
	async place(order: Order): Promise<Relayed> {
		const market = await this.client.market();
		const token = market.currencies.find((c) => c.address.toLowerCase() === order.terms.currency.toLowerCase());
		if (!token?.authorization) return this.client.relay('order', { order: orderToWire(order), signature: await this.signOrder(order) });
		return this.client.relay('authorized-order', await this.signAuthorizedOrder(order, token.authorization));
	}

	async signOrder(order: Order, chainId?: number): Promise<Hex> {
		const market = await this.client.market();
		return this.account.signTypedData({
			domain: orderBookDomain(chainId ?? market.chainId, market.contracts.orderBook),
			types: orderTypes,
			primaryType: 'Order',
			message: order,
		});
	}

	async signAuthorizedOrder(order: Order, token: { name: string; version: string }) {
		const { chainId, contracts } = await this.client.market();
		const message = {
			from: this.address,
			to: contracts.orderBook,
			value: settle(order).total,
			validAfter: 0n,
			validBefore: order.validBefore,
			nonce: orderIdOf(order, chainId, contracts.orderBook),
		};
		const signature = await this.account.signTypedData({
			domain: tokenDomain(token, chainId, order.terms.currency),
			types: receiveWithAuthorizationTypes,
			primaryType: 'ReceiveWithAuthorization',
			message,
		});
		return { order: orderToWire(order), validAfter: '0', validBefore: order.validBefore.toString(), signature };
	}

	async sign(statement: TypedStatement): Promise<Hex> {
		return this.account.signTypedData(statement as never);
	}

	/** A signed step of an order, relayed for free and in bundles. */
	async act(order: Order, { action: name, step, bps = 0, data = zeroHash }: OrderStep): Promise<Relayed> {
		const action = orderActions.indexOf(name);
		const market = await this.client.market();
		const orderId = orderIdOf(order, market.chainId, market.contracts.orderBook);
		const validBefore = BigInt((await this.client.now()) + SIGNATURE_LIFETIME_SECONDS);
		const signature = await this.account.signTypedData({
			domain: orderBookDomain(market.chainId, market.contracts.orderBook),
			types: orderActionTypes,
			primaryType: 'OrderAction',
			message: { orderId, action, bps, data, step, validBefore },
		});
		return this.client.relay('action', {
			order: orderToWire(order),
			action,
			bps,
			actor: this.address,
			data,
			step,
			validBefore: validBefore.toString(),
			signature,
		});
	}

	async signIn(): Promise<void> {
		const { challenge } = await this.client.post<{ challenge: Hex }>('/api/session/challenge');
		const market = await this.client.market();
		const message = createSiweMessage({
			address: this.address,
			chainId: market.chainId,
			domain: new URL(this.client.origin).host,
			nonce: challenge.slice(2, 34),
			uri: this.client.origin,
			version: '1',
			issuedAt: new Date((await this.client.now()) * 1000),
		});
		await this.client.post('/api/session/wallet', { message, signature: await this.account.signMessage({ message }) });
	}
}
