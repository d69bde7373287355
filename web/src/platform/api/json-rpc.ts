/** Asks a chain's node one question. */
export type Rpc = <T>(method: string, params: readonly unknown[]) => Promise<T>;

/** The node could not be asked at all: offline, blocked, or it speaks no JSON-RPC. */
export class RpcUnreachable extends Error {
	override name = 'RpcUnreachable';
}

/** JSON-RPC over HTTP, straight from this browser. Throws `RpcUnreachable`, or `Error` with the node's own words. */
export function httpRpc(url: string, fetchFrom: typeof fetch = fetch): Rpc {
	let id = 0;
	return async <T>(method: string, params: readonly unknown[]) => {
		const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params });
		let answer: { result?: T; error?: { message?: string } };
		try {
			const response = await fetchFrom(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
			answer = await response.json();
		} catch (cause) {
			throw new RpcUnreachable(`no answer from ${url}`, { cause });
		}
		if (answer.error) throw new Error(answer.error.message ?? `${method} failed`);
		return answer.result as T;
	};
}
