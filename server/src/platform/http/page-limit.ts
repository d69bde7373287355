import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { createRateLimiter, type Rate } from '../limits/rate-limit.ts';
import { LOCAL, peerAddress } from './peer-address.ts';

/** Rendered pages, and the data of pages that a browser fetches ahead: far more than a person leafs through, or an office. */
const PAGES: Rate = { burst: 300, perSecond: 50 };
/** Built files: sent as they lie there, and many at once. */
const BUILT = /^\/_app\//;

/** Answers with 429 and true whoever asks for too many pages. This machine is not counted, as everywhere. */
export function createPageLimit(options: { trustProxy: boolean; clock?: () => number }): (request: IncomingMessage, response: ServerResponse) => boolean {
	const take = createRateLimiter(PAGES, options.clock ? { clock: options.clock } : {});
	return (request, response) => {
		const address = peerAddress(request, options.trustProxy);
		if (address === LOCAL || BUILT.test(request.url ?? '')) return false;
		try {
			take(address);
			return false;
		} catch (refusal) {
			if (!(refusal instanceof Refusal)) throw refusal;
			const seconds = refusal.details.retryAfterSeconds ?? '1';
			response.writeHead(429, {
				'Content-Type': 'text/html; charset=utf-8',
				'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
				'X-Content-Type-Options': 'nosniff',
				'Cache-Control': 'no-store',
				'Retry-After': seconds,
			});
			response.end(request.method === 'HEAD' ? undefined : page(seconds));
			return true;
		}
	};
}

const page = (seconds: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Too many pages at once · 访问过于频繁</title>
<h1>Too many pages at once</h1>
<p>Please try again in ${seconds} s.</p>
<h1 lang="zh-CN">访问过于频繁</h1>
<p lang="zh-CN">请在 ${seconds} 秒后重试。</p>
</html>
`;
