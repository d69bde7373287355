import {
	type AccountView,
	type Call,
	entryPointDomain,
	type ForwardRequest,
	forwarderDomain,
	forwardRequestTypes,
	type PackedUserOperation,
	type RelayAction,
	type RelayAuthorizedOrder,
	type RelayCart,
	type Relayed,
	type RelayForward,
	type RelayOrder,
	receiveWithAuthorizationTypes,
	type SignRound,
	type TypedStatement,
	tokenDomain,
	userOperationTypes,
} from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import {
	encodePlaceOrder,
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
import { Refusal } from '@kaishi/protocol/platform/errors';
import {
	type Address,
	encodeFunctionData,
	erc20Abi,
	getTypesForEIP712Domain,
	type Hex,
	numberToHex,
	serializeTypedData,
	type TypedDataDomain,
	zeroAddress,
	zeroHash,
} from 'viem';
import { api } from '../api/client.ts';
import { askWallet, type Eip1193Provider } from './injected.ts';
import { type Balances, orderCalls } from './order-calls.ts';
import { waitUntilPlaced } from './placed-orders.ts';
import type { Signer } from './signer.ts';
import { sendsTogether, sendTogether } from './wallet-calls.ts';
import { planWalletPayment, type WalletPayment, type WalletPlan } from './wallet-plan.ts';

const SIGNATURE_LIFETIME_SECONDS = 600;
const CALL_GAS = 6_000_000n;
const POLL_MS = 400;
const POLLS = 60;

/** An external wallet. It signs typed data that this operator relays; only coin it must send itself does it send. */
export class WalletSigner implements Signer {
	readonly kind = 'wallet';
	readonly address: Address;
	readonly #provider: Eip1193Provider;
	readonly #market: MarketInfo;

	constructor(address: Address, provider: Eip1193Provider, market: MarketInfo) {
		this.address = address;
		this.#provider = provider;
		this.#market = market;
	}

	async placeOrder(order: Order, balance = 0n): Promise<Relayed> {
		const { total } = settle(order);
		const token = this.#market.currencies.find((c) => c.address.toLowerCase() === order.terms.currency.toLowerCase());
		if (balance >= total) return this.#relaySignedOrder(order);
		if (token?.authorization) return this.#relayAuthorizedOrder(order);
		if (order.terms.currency === zeroAddress) {
			const data = encodePlaceOrder(order);
			return this.#sendAndWait(order, { to: this.#market.contracts.orderBook, value: total - balance, data });
		}
		const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [this.#market.contracts.orderBook, total - balance] });
		await this.#waitForReceipt(await this.#send({ to: order.terms.currency, data: approve }));
		return this.#relaySignedOrder(order);
	}

	async placeOrders(orders: readonly Order[], balances: Balances): Promise<Relayed> {
		const [only] = orders;
		const plan = await this.#plan(
			orders.map((order) => ({ currency: order.terms.currency, total: settle(order).total })),
			balances,
		);
		if (plan.together) return this.#sendTogether(orders, balances);
		if (only && orders.length === 1) return this.placeOrder(only, balances.get(only.terms.currency.toLowerCase()) ?? 0n);
		const { orderBook } = this.#market.contracts;
		for (const { currency, amount } of plan.approvals) {
			const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, amount] });
			await this.#waitForReceipt(await this.#send({ to: currency, data: approve }));
		}
		if (plan.deposit > 0n) {
			const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [this.address, zeroAddress, plan.deposit] });
			await this.#waitForReceipt(await this.#send({ to: orderBook, value: plan.deposit, data: deposit }));
		}
		// One after the other: wallets show one question at a time.
		const signed: RelayCart['orders'] = [];
		for (const [i, order] of orders.entries()) {
			if (plan.consents[i] === 'authorized') {
				const { order: wire, validAfter, validBefore, signature } = await this.#authorizeOrder(order);
				signed.push({ order: wire, signature, authorization: { validAfter, validBefore } });
			} else signed.push({ ...(await this.#signOrder(order)), authorization: null });
		}
		return api.post<Relayed>('/api/relay/cart', { orders: signed } satisfies RelayCart);
	}

	async questionsFor(payments: readonly WalletPayment[], balances: Balances): Promise<number> {
		return (await this.#plan(payments, balances)).questions;
	}

	async #plan(payments: readonly WalletPayment[], balances: Balances): Promise<WalletPlan> {
		const together = payments.length > 1 && (await sendsTogether(this.#provider, this.address, this.#market.chainId));
		return planWalletPayment(payments, balances, this.#market.currencies, together);
	}

	async #sendTogether(orders: readonly Order[], balances: Balances): Promise<Relayed> {
		const { chainId, contracts } = this.#market;
		await this.#useChain();
		const sent = await sendTogether(this.#provider, this.address, chainId, orderCalls(orders, balances, contracts.orderBook));
		return this.#waitUntilShown(
			orders.map((order) => orderIdOf(order, chainId, contracts.orderBook)),
			sent,
		);
	}

	async act(order: Order, { action, step, bps = 0, data = zeroHash }: OrderStep): Promise<Relayed> {
		const { chainId, contracts } = this.#market;
		const validBefore = BigInt(this.#now() + SIGNATURE_LIFETIME_SECONDS);
		const number = orderActions.indexOf(action);
		const message = { orderId: orderIdOf(order, chainId, contracts.orderBook), action: number, bps, data, step, validBefore };
		const signature = await this.#sign(orderBookDomain(chainId, contracts.orderBook), orderActionTypes, 'OrderAction', message);
		return api.post<Relayed>('/api/relay/action', {
			order: orderToWire(order),
			action: number,
			bps,
			actor: this.address,
			data,
			step,
			validBefore: validBefore.toString(),
			signature,
		} satisfies RelayAction);
	}

	sign({ domain, types, primaryType, message }: TypedStatement): Promise<Hex> {
		return this.#sign(domain, types, primaryType, message);
	}

	async call(calls: Call[]): Promise<Relayed> {
		let last: Relayed | null = null;
		const created: Relayed['created'] = { shopIds: [], listingIds: [], orderIds: [] };
		for (const call of calls) {
			last = await api.post<Relayed>('/api/relay/forward', await this.#signForward(call));
			created.shopIds.push(...last.created.shopIds);
			created.listingIds.push(...last.created.listingIds);
			created.orderIds.push(...last.created.orderIds);
		}
		if (!last) throw new RangeError('nothing to call');
		return { ...last, created };
	}

	signTypedData({ domain, types, primaryType, message }: { domain: TypedDataDomain; types: object; primaryType: string; message: object }): Promise<Hex> {
		return this.#sign(domain, types, primaryType, message);
	}

	async cosign(operation: PackedUserOperation): Promise<SignRound> {
		const { chainId, contracts } = this.#market;
		const signature = await this.#sign(entryPointDomain(chainId, contracts.entryPoint), userOperationTypes, 'PackedUserOperation', operation);
		return { signer: this.address.toLowerCase() as Hex, signature };
	}

	#now = () => Math.floor(Date.now() / 1000) + this.#market.clockOffset;

	async #signForward(call: Call): Promise<RelayForward> {
		const { chainId, contracts } = this.#market;
		const { forwarderNonce } = await api.get<AccountView>(`/api/accounts/${this.address}`);
		const request: ForwardRequest = {
			from: this.address,
			to: call.to,
			value: call.value ?? 0n,
			gas: CALL_GAS,
			nonce: BigInt(forwarderNonce),
			deadline: this.#now() + SIGNATURE_LIFETIME_SECONDS,
			data: call.data,
		};
		const signature = await this.#sign(forwarderDomain(chainId, contracts.forwarder), forwardRequestTypes, 'ForwardRequest', request);
		return { request: { ...request, value: request.value.toString(), gas: request.gas.toString(), nonce: request.nonce.toString() }, signature };
	}

	async #relaySignedOrder(order: Order): Promise<Relayed> {
		return api.post<Relayed>('/api/relay/order', await this.#signOrder(order));
	}

	async #signOrder(order: Order): Promise<RelayOrder> {
		const { chainId, contracts } = this.#market;
		const signature = await this.#sign(orderBookDomain(chainId, contracts.orderBook), orderTypes, 'Order', order);
		return { order: orderToWire(order), signature };
	}

	async #relayAuthorizedOrder(order: Order): Promise<Relayed> {
		return api.post<Relayed>('/api/relay/authorized-order', await this.#authorizeOrder(order));
	}

	async #authorizeOrder(order: Order): Promise<RelayAuthorizedOrder> {
		const { chainId, contracts, currencies } = this.#market;
		const token = currencies.find((c) => c.address.toLowerCase() === order.terms.currency.toLowerCase())?.authorization;
		if (!token) throw new RangeError('the token takes no authorizations');
		const message = {
			from: this.address,
			to: contracts.orderBook,
			value: settle(order).total,
			validAfter: 0n,
			validBefore: order.validBefore,
			// The order's id as nonce: one signature pays and agrees to every term.
			nonce: orderIdOf(order, chainId, contracts.orderBook),
		};
		const signature = await this.#sign(tokenDomain(token, chainId, order.terms.currency), receiveWithAuthorizationTypes, 'ReceiveWithAuthorization', message);
		return { order: orderToWire(order), validAfter: '0', validBefore: order.validBefore.toString(), signature };
	}

	/** EIP-712 by the wallet, on the market's chain. */
	async #sign(domain: TypedDataDomain, types: object, primaryType: string, message: object): Promise<Hex> {
		await this.#useChain();
		const typed = serializeTypedData({ domain, types: { EIP712Domain: getTypesForEIP712Domain({ domain }), ...types }, primaryType, message } as never);
		return askWallet<Hex>(this.#provider, 'eth_signTypedData_v4', [this.address, typed]);
	}

	/** Wallets refuse to sign for another chain than the one they show. */
	async #useChain() {
		const wanted = numberToHex(this.#market.chainId);
		const shown = await askWallet<Hex>(this.#provider, 'eth_chainId');
		if (Number(shown) === this.#market.chainId) return;
		try {
			await askWallet(this.#provider, 'wallet_switchEthereumChain', [{ chainId: wanted }]);
		} catch (error) {
			if (error instanceof Refusal && error.code === 'Wallet_Rejected') throw error;
			const native = this.#market.currencies.find((c) => c.address === zeroAddress);
			await askWallet(this.#provider, 'wallet_addEthereumChain', [
				{
					chainId: wanted,
					chainName: this.#market.name,
					rpcUrls: [new URL(this.#market.rpcUrl, location.href).href],
					nativeCurrency: { name: native?.name ?? 'Ether', symbol: native?.symbol ?? 'ETH', decimals: 18 },
				},
			]).catch((cause: unknown) => {
				throw new Refusal('Wallet_WrongChain', 'conflict', { chainId: String(this.#market.chainId) }, { cause });
			});
		}
	}

	async #send(call: Call): Promise<Hex> {
		await this.#useChain();
		return askWallet<Hex>(this.#provider, 'eth_sendTransaction', [{ from: this.address, to: call.to, value: numberToHex(call.value ?? 0n), data: call.data }]);
	}

	async #waitForReceipt(transactionHash: Hex): Promise<{ blockNumber: string }> {
		for (let poll = 0; poll < POLLS; poll++) {
			const receipt = await askWallet<{ status: Hex; blockNumber: Hex } | null>(this.#provider, 'eth_getTransactionReceipt', [transactionHash]);
			if (receipt?.status === '0x0') throw new Refusal('Wallet_Failed', 'conflict', { reason: 'reverted' });
			if (receipt) return { blockNumber: BigInt(receipt.blockNumber).toString() };
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
		throw new Refusal('Network_Lost', 'unavailable');
	}

	/** The wallet sends by itself, so nobody tells when the order is shown here: ask until it is. */
	async #sendAndWait(order: Order, call: Call): Promise<Relayed> {
		const { chainId, contracts } = this.#market;
		const orderId = orderIdOf(order, chainId, contracts.orderBook);
		const transactionHash = await this.#send(call);
		return this.#waitUntilShown([orderId], { transactionHash, ...(await this.#waitForReceipt(transactionHash)) });
	}

	async #waitUntilShown(orderIds: Hex[], sent: { transactionHash: Hex; blockNumber: string }): Promise<Relayed> {
		await waitUntilPlaced(orderIds);
		return { ...sent, created: { shopIds: [], listingIds: [], orderIds } };
	}
}
