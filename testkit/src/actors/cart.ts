import type { Call, RelayCart, Relayed } from '@kaishi/protocol/account';
import { encodePlaceOrder, type Order, orderToWire, settle, sumByCurrency } from '@kaishi/protocol/order';
import { encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import type { PasskeyUser } from './passkey-user.ts';
import type { WalletUser } from './wallet-user.ts';

/** Pays for and places several orders in one operation, all or nothing. Throws `Refusal`. */
export async function placeCartByPasskey(buyer: PasskeyUser, orders: readonly Order[]): Promise<Relayed> {
	const { orderBook } = (await buyer.client.market()).contracts;
	const totals = orders.map((order) => ({ currency: order.terms.currency, amount: settle(order).total.toString() }));
	const approvals = sumByCurrency(totals.filter(({ currency }) => currency !== zeroAddress)).map(
		({ currency, amount }): Call => ({ to: currency, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, BigInt(amount)] }) }),
	);
	const places = orders.map(
		(order, i): Call => ({
			to: orderBook,
			value: order.terms.currency === zeroAddress ? BigInt(totals[i]?.amount ?? 0) : 0n,
			data: encodePlaceOrder(order),
		}),
	);
	return buyer.execute([...approvals, ...places]);
}

/** One signature per order, one transaction for all. `fromBalance`: orders that the buyer's balance in the market pays for. */
export async function placeCartByWallet(buyer: WalletUser, orders: readonly Order[], fromBalance: readonly Order[] = []): Promise<Relayed> {
	return buyer.client.relay('cart', await signCart(buyer, orders, fromBalance));
}

export async function signCart(buyer: WalletUser, orders: readonly Order[], fromBalance: readonly Order[] = []): Promise<RelayCart> {
	const { currencies } = await buyer.client.market();
	const signed: RelayCart['orders'] = [];
	for (const order of orders) {
		const token = currencies.find((one) => one.address === order.terms.currency)?.authorization;
		if (!token || fromBalance.includes(order)) {
			signed.push({ order: orderToWire(order), signature: await buyer.signOrder(order), authorization: null });
			continue;
		}
		const { order: wire, validAfter, validBefore, signature } = await buyer.signAuthorizedOrder(order, token);
		signed.push({ order: wire, signature, authorization: { validAfter, validBefore } });
	}
	return { orders: signed };
}
