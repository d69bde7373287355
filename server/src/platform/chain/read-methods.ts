const allowed = new Set([
	'eth_blockNumber',
	'eth_call',
	'eth_chainId',
	'eth_estimateGas',
	'eth_feeHistory',
	'eth_gasPrice',
	'eth_getBalance',
	'eth_getBlockByHash',
	'eth_getBlockByNumber',
	'eth_getBlockTransactionCountByHash',
	'eth_getBlockTransactionCountByNumber',
	'eth_getCode',
	'eth_getLogs',
	'eth_getProof',
	'eth_getStorageAt',
	'eth_getTransactionByBlockHashAndIndex',
	'eth_getTransactionByBlockNumberAndIndex',
	'eth_getTransactionByHash',
	'eth_getTransactionCount',
	'eth_getTransactionReceipt',
	'eth_maxPriorityFeePerGas',
	'eth_syncing',
	'net_listening',
	'net_version',
	'web3_clientVersion',
]);

/** Whether a JSON-RPC method only looks. The embedded EVM also offers cheats (`hardhat_*`, `evm_*`); they stay inside. */
export function isReadMethod(method: string): boolean {
	return allowed.has(method);
}
