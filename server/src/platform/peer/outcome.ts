import { Refusal, type RefusalKind } from '@kaishi/protocol/platform/errors';
import { RpcError } from '../chain/rpc-error.ts';

/** What a call came to, as it travels: refusals and the chain's own errors arrive as what they were. */
export type Outcome =
	| { result: unknown }
	| { refusal: { code: string; kind: RefusalKind; details: Record<string, string> } }
	| { rpcError: { code: number; message: string; data: string | null } }
	| { error: string };

export function outcomeOf(error: unknown): Outcome {
	if (error instanceof Refusal) return { refusal: { code: error.code, kind: error.kind, details: error.details } };
	if (error instanceof RpcError) return { rpcError: { code: error.code, message: error.message, data: error.data } };
	return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The result, or throws what the other server threw. */
export function resultOf(outcome: Outcome): unknown {
	if ('result' in outcome) return outcome.result;
	if ('refusal' in outcome) throw new Refusal(outcome.refusal.code, outcome.refusal.kind, outcome.refusal.details);
	if ('rpcError' in outcome) throw new RpcError(outcome.rpcError.code, outcome.rpcError.message, outcome.rpcError.data);
	throw new Error(`another server failed: ${outcome.error}`);
}
