import { type Call, receiveWithAuthorizationTypes, tokenDomain } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Money } from '@kaishi/protocol/platform/money';
import { type Address, encodeFunctionData, erc20Abi, padHex, zeroAddress } from 'viem';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import type { WalletSigner } from '#platform/wallet/wallet-signer.ts';

const SIGNATURE_LIFETIME_SECONDS = 600;

/** What an account holds inside the market, in base units. */
export async function balanceIn(account: Address, token: Address): Promise<bigint> {
	const balances = await api.get<Money[]>(`/api/accounts/${account}/balances`);
	return BigInt(balances.find(({ currency }) => currency.toLowerCase() === token.toLowerCase())?.amount ?? 0);
}

/** The calls that bring the signer's balance inside the market up to `amount`; none when it is there. Throws `Refusal`. */
export async function fundingCalls(signer: Signer, market: MarketInfo, token: Address, amount: bigint): Promise<Call[]> {
	const missing = amount - (amount > 0n ? await balanceIn(signer.address, token) : 0n);
	if (missing <= 0n) return [];
	const { orderBook } = market.contracts;
	if (signer.kind === 'wallet') return [await authorizedDeposit(signer as WalletSigner, market, token, missing)];
	const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [signer.address, token, missing] });
	if (token === zeroAddress) return [{ to: orderBook, value: missing, data: deposit }];
	const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, missing] });
	return [
		{ to: token, data: approve },
		{ to: orderBook, data: deposit },
	];
}

/** A wallet's coin comes by a signature where its token takes one. */
async function authorizedDeposit(signer: WalletSigner, { chainId, contracts, currencies }: MarketInfo, token: Address, amount: bigint): Promise<Call> {
	const authorization = currencies.find(({ address }) => address.toLowerCase() === token.toLowerCase())?.authorization;
	if (!authorization) throw new Refusal('Vault_InsufficientBalance', 'conflict', { token, needed: amount.toString() });
	const validBefore = BigInt(chainNow() + SIGNATURE_LIFETIME_SECONDS);
	// The vault takes short nonces only: an order's payment can never be turned into a deposit.
	const nonce = padHex(randomHex(24), { size: 32 });
	const message = { from: signer.address, to: contracts.orderBook, value: amount, validAfter: 0n, validBefore, nonce };
	const domain = tokenDomain(authorization, chainId, token);
	const signature = await signer.signTypedData({ domain, types: receiveWithAuthorizationTypes, primaryType: 'ReceiveWithAuthorization', message });
	const args = [signer.address, token, amount, 0n, validBefore, nonce, signature] as const;
	return { to: contracts.orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'depositWithAuthorization', args }) };
}
