import { httpStatusOf, Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal as an answer. Anything else becomes `Server_Failed`, told to `onError` and to nobody outside. */
export function answerError(c: Context, error: unknown, onError: (error: unknown, requestId: string) => void): Response {
	const requestId = String(c.get('requestId') ?? '');
	if (error instanceof Refusal) {
		const { code, kind, details } = error;
		const status = /TooLarge$/.test(code) ? 413 : httpStatusOf[kind];
		const body: RefusalBody = { error: { code, kind, details } };
		return c.json(body, status as ContentfulStatusCode);
	}
	onError(error, requestId);
	const body: RefusalBody = { error: { code: 'Server_Failed', kind: 'unavailable', details: { requestId } } };
	return c.json(body, 500);
}

export function answerNotFound(c: Context): Response {
	const body: RefusalBody = { error: { code: 'Request_UnknownPath', kind: 'notFound', details: {} } };
	return c.json(body, 404);
}
