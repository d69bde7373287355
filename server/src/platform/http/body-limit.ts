import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit as countingLimit } from 'hono/body-limit';

/** Refuses bodies above `maxSize` bytes by what `onError` answers or throws: by the declared length, which Node's parser holds senders to, else by counting. */
export function bodyLimit(options: { maxSize: number; onError: (c: Context) => Response | Promise<Response> }): MiddlewareHandler {
	const count = countingLimit(options);
	return (c, next) => {
		const declared = declaredLength((name) => c.req.header(name));
		if (declared === null) return count(c, next);
		// The body is not touched: reading it through a stream costs more than everything else about a small request.
		return declared > options.maxSize ? Promise.resolve(options.onError(c)) : next();
	};
}

/** Bytes of the body as its sender says; null when it does not say. */
export function declaredLength(header: (name: string) => string | null | undefined): number | null {
	const length = header('content-length');
	return length && /^\d{1,15}$/.test(length) && !header('transfer-encoding') ? Number(length) : null;
}
