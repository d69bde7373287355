import type { MarketInfo } from '@kaishi/protocol/discovery';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { receiptDigest, receiptFromWire, type SignedReceipt } from '@kaishi/protocol/operator';
import { decodeFunctionResult, encodeFunctionData, type Hex, isAddressEqual, recoverAddress } from 'viem';

/** Asks a chain's node one question. */
export type AskNode = <T>(method: string, params: readonly unknown[]) => Promise<T>;

/** What the chain says about a receipt. */
export interface ReceiptTruth {
	/** By the key that it names. */
	signed: boolean;
	/** The operator is registered with that key. */
	registered: boolean;
	/** Base units of the receipt's currency. */
	bond: bigint;
	/** The bond pays the whole total. */
	covered: boolean;
	/** The order stands on the chain. */
	placed: boolean;
	/** The block by which it was to stand there has passed. */
	passed: boolean;
}

/** Checks a receipt against the chain alone. Throws whatever `ask` throws. */
export async function verifyReceipt({ operatorId, signer, receipt: wire, signature }: SignedReceipt, market: MarketInfo, ask: AskNode): Promise<ReceiptTruth> {
	const { chainId, contracts } = market;
	const receipt = receiptFromWire(wire);
	const call = (to: Hex, data: Hex) => ask<Hex>('eth_call', [{ to, data }, 'latest']);
	const operators = (functionName: 'signerOf' | 'bondOf', args: readonly unknown[]) =>
		call(contracts.operators, encodeFunctionData({ abi: operatorsAbi, functionName, args } as never));
	const [recovered, registered, bonded, state, head] = await Promise.all([
		recoverAddress({ hash: receiptDigest(receipt, chainId, contracts.operators), signature }).catch(() => null),
		operators('signerOf', [operatorId]),
		operators('bondOf', [operatorId, receipt.token]),
		call(contracts.orderBook, encodeFunctionData({ abi: orderBookAbi, functionName: 'stateOf', args: [receipt.orderId] })),
		ask<Hex>('eth_blockNumber', []),
	]);
	const bond = decodeFunctionResult({ abi: operatorsAbi, functionName: 'bondOf', data: bonded });
	return {
		signed: recovered !== null && isAddressEqual(recovered, signer),
		registered: isAddressEqual(decodeFunctionResult({ abi: operatorsAbi, functionName: 'signerOf', data: registered }), signer),
		bond,
		covered: bond >= receipt.total,
		placed: decodeFunctionResult({ abi: orderBookAbi, functionName: 'stateOf', data: state })[0] !== 0,
		passed: BigInt(head) > receipt.byBlock,
	};
}
