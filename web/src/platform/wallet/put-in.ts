import { type Relayed, receiveWithAuthorizationTypes, tokenDomain } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Address, encodeFunctionData, pad } from 'viem';
import { chainNow } from '../chain-clock.svelte.ts';
import { randomHex } from './bytes.ts';
import { authorizationOf } from './can-put-in.ts';
import type { Signer } from './signer.ts';

const LIFETIME_SECONDS = 600;
/** The vault takes deposits' nonces of this size, so that an order's payment is never one. */
const NONCE_BYTES = 24;

/** Puts a wallet's money into its balance in the market: one signature for the money, one for the call. Throws `Refusal`. */
export async function putIn(signer: Signer, market: MarketInfo, currency: Address, amount: bigint): Promise<Relayed> {
	const token = authorizationOf(market, currency);
	if (token === null || !signer.signTypedData) throw new RangeError('the token takes no authorizations');
	const { orderBook } = market.contracts;
	const message = {
		from: signer.address,
		to: orderBook,
		value: amount,
		validAfter: 0n,
		validBefore: BigInt(chainNow() + LIFETIME_SECONDS),
		nonce: pad(randomHex(NONCE_BYTES), { size: 32 }),
	};
	const domain = tokenDomain(token, market.chainId, currency);
	const signature = await signer.signTypedData({ domain, types: receiveWithAuthorizationTypes, primaryType: 'ReceiveWithAuthorization', message });
	const args = [message.from, currency, amount, message.validAfter, message.validBefore, message.nonce, signature] as const;
	return signer.call([{ to: orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'depositWithAuthorization', args }) }]);
}
