import { encodeFunctionData } from 'viem';
import type { Call } from '../account/index.ts';
import { operatorsAbi } from '../generated/operators.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { SignedReceipt } from './api.ts';
import { receiptFromWire } from './receipt.ts';

/** Shows the chain a receipt whose order is not there although its block has passed: the bond pays the buyer. Anyone may. */
export function claimDroppedCall({ operators }: Pick<MarketContracts, 'operators'>, { operatorId, receipt, signature }: SignedReceipt): Call {
	return {
		to: operators,
		data: encodeFunctionData({ abi: operatorsAbi, functionName: 'claimDropped', args: [operatorId, receiptFromWire(receipt), signature] }),
	};
}
