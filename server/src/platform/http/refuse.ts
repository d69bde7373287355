import { httpStatusOf, Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Status and body of a refusal. Anything else becomes `Server_Failed`, told to `onError` and to nobody outside. */
export function refusalOf(error: unknown, requestId: string, onError: (error: unknown, requestId: string) => void): { status: number; body: RefusalBody } {
	if (error instanceof Refusal) {
		const { code, kind, details } = error;
		return { status: /TooLarge$/.test(code) ? 413 : httpStatusOf[kind], body: { error: { code, kind, details } } };
	}
	onError(error, requestId);
	return { status: 500, body: { error: { code: 'Server_Failed', kind: 'unavailable', details: { requestId } } } };
}

/** A refusal as an answer of a route, see {@link refusalOf}. */
export function answerError(c: Context, error: unknown, onError: (error: unknown, requestId: string) => void): Response {
	const { status, body } = refusalOf(error, String(c.get('requestId') ?? ''), onError);
	return c.json(body, status as ContentfulStatusCode);
}

export function answerNotFound(c: Context): Response {
	const body: RefusalBody = { error: { code: 'Request_UnknownPath', kind: 'notFound', details: {} } };
	return c.json(body, 404);
}
