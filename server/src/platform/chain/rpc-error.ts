import type { Hex } from 'viem';

/** A JSON-RPC node's answer that a call failed; `data` holds the revert data when there is any. */
export class RpcError extends Error {
	override name = 'RpcError';
	readonly code: number;
	readonly data: Hex | null;

	constructor(code: number, message: string, data: unknown = null, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
		this.data = revertDataOf(data);
	}
}

/** Nodes put revert data into `data`, or one level deeper. */
function revertDataOf(data: unknown): Hex | null {
	if (typeof data === 'string' && /^0x([0-9a-f]{2})*$/i.test(data)) return data as Hex;
	if (typeof data === 'object' && data !== null && 'data' in data) return revertDataOf(data.data);
	return null;
}
