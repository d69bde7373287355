/** How long a rendered page is handed to others, milliseconds. */
const SHARED_MS = 300;
const MAX_PAGES = 200;

interface Page {
	status: number;
	headers: [string, string][];
	body: ArrayBuffer;
}

/** The part of a request that decides what its page says. */
export interface PageRequest {
	method: string;
	url: URL;
	headers: Pick<Headers, 'get'>;
}

const SESSION = /(^|;\s*)kaishi_session=/;
/** Product pages: what a crowd opens in the same moment. */
const SHARED = /^\/p\/\d+\/?$/;

/**
 * What two people without an account may be handed alike: null for anything else. Cookies hold theme, currency and time zone.
 * @param revision how far the tables are: nobody is handed what was true before
 */
export function sharedKeyOf({ method, url, headers }: PageRequest, revision: string): string | null {
	const cookie = headers.get('cookie') ?? '';
	if (method !== 'GET' || !SHARED.test(url.pathname) || SESSION.test(cookie)) return null;
	return [url.href, cookie, headers.get('accept-language') ?? '', revision].join('\n');
}

/** Renders a page once for all who open it within {@link SHARED_MS}: during a drop a thousand do, and each would cost as much as ten orders. */
export function createPageSharing(clock: () => number = () => performance.now()): (key: string, render: () => Promise<Response>) => Promise<Response> {
	const pages = new Map<string, { until: number; page: Promise<Page | null> }>();
	const forget = (now: number) => {
		for (const [key, { until }] of pages) if (until <= now || pages.size > MAX_PAGES) pages.delete(key);
	};
	return async (key, render) => {
		const now = clock();
		forget(now);
		const shared = pages.get(key);
		const known = shared && (await shared.page.catch(() => null));
		if (known) return responseOf(known);
		const rendering = render();
		const page = rendering.then(read);
		page.catch(() => pages.delete(key));
		pages.set(key, { until: now + SHARED_MS, page });
		const made = await page;
		// Not for others: an error, or something set for this reader alone.
		if (made !== null) return responseOf(made);
		pages.delete(key);
		return await rendering;
	};
}

async function read(response: Response): Promise<Page | null> {
	if (response.status !== 200 || response.headers.has('set-cookie')) return null;
	return { status: response.status, headers: [...response.headers], body: await response.arrayBuffer() };
}

const responseOf = ({ status, headers, body }: Page) => new Response(body.slice(0), { status, headers });
