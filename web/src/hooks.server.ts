import type { MarketInfo } from '@kaishi/protocol/discovery';
import { httpStatusOf, type Refusal } from '@kaishi/protocol/platform/errors';
import { error } from '@sveltejs/kit';
import { type Handle, type HandleServerError, sequence } from '@sveltejs/kit/hooks';
import { allowConnections } from '#platform/content-policy.ts';
import { CURRENCY_COOKIE, ownCurrencyOf } from '#platform/i18n/own-currency.ts';
import { getLocale } from '#platform/i18n/paraglide/runtime.js';
import { paraglideMiddleware } from '#platform/i18n/paraglide/server.js';
import { TIME_ZONE_COOKIE, timeZoneOf } from '#platform/i18n/time-zone.ts';
import { createPageSharing, sharedKeyOf } from '#platform/page-sharing.ts';
import { THEME_COOKIE, themeOf } from '#platform/ui/theme.ts';

/** Read at each request: the server may put the market in place after this module was loaded. */
function openedMarket(): MarketDoor {
	const market = (globalThis as Record<symbol, unknown>)[Symbol.for('kaishi.market')] as MarketDoor | undefined;
	return market ?? error(503, 'The market is still opening.');
}

/** Facts of the deployment hardly change, so they are kept for one second; the clock is read anew, since deadlines hang on it. */
let known: { info: Promise<MarketInfo>; until: number } | null = null;
async function marketInfo({ reads, now }: MarketDoor): Promise<MarketInfo> {
	if (!known || known.until < Date.now()) {
		const info = reads.discovery.market();
		known = { info, until: Date.now() + 1000 };
		info.catch(() => {
			known = null;
		});
	}
	return { ...(await known.info), clockOffset: now() - Math.floor(Date.now() / 1000) };
}

const meetMarket: Handle = async ({ event, resolve }) => {
	const market = openedMarket();
	event.locals.reads = market.reads;
	event.locals.theme = themeOf(event.cookies.get(THEME_COOKIE));
	event.locals.timeZone = timeZoneOf(event.cookies.get(TIME_ZONE_COOKIE));
	event.locals.currency = ownCurrencyOf(event.cookies.get(CURRENCY_COOKIE), event.request.headers.get('accept-language'), getLocale());
	[event.locals.viewer, event.locals.market, event.locals.rates] = await Promise.all([
		market.viewerOf(event.request.headers.get('cookie')),
		marketInfo(market),
		market.rates.current(),
	]);
	return resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%kaishi.theme%', event.locals.theme),
	});
};

/** Every kind of Chinese is better served by our one than by English. */
function withNearestLanguages(request: Request): Request {
	const asked = request.headers.get('accept-language');
	if (!asked || !/\bzh\b/i.test(asked)) return request;
	const headers = new Headers(request.headers);
	headers.set('accept-language', asked.replace(/\bzh(-[\w-]+)?/gi, 'zh-CN'));
	return new Request(request.url, { headers });
}

const speakLanguage: Handle = ({ event, resolve }) =>
	paraglideMiddleware(withNearestLanguages(event.request), ({ locale }) =>
		resolve(event, { transformPageChunk: ({ html }) => html.replace('%kaishi.lang%', locale) }),
	);

/** Only who hosts a show needs a camera, a microphone and the screen, and only in the show's console. */
const CONSOLE_ROUTE = '/sell/[shop]/live/[show]';
const permissionsOf = (route: string | null): string => {
	const own = route === CONSOLE_ROUTE ? '(self)' : '()';
	return `camera=${own}, microphone=${own}, display-capture=${own}, geolocation=(), payment=(), usb=()`;
};

const secureHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { headers } = response;
	const policy = headers.get('Content-Security-Policy');
	if (policy) headers.set('Content-Security-Policy', allowConnections(policy, openedMarket().pictureOrigins));
	headers.set('X-Content-Type-Options', 'nosniff');
	headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
	headers.set('X-Frame-Options', 'DENY');
	headers.set('Cross-Origin-Opener-Policy', 'same-origin');
	headers.set('Permissions-Policy', permissionsOf(event.route.id));
	// Pages show who is signed in and in which language: never kept by shared caches.
	if (!headers.has('Cache-Control') && headers.get('content-type')?.startsWith('text/html')) headers.set('Cache-Control', 'private, no-cache');
	return response;
};

const sharePage = createPageSharing();
const shareProductPages: Handle = ({ event, resolve }) => {
	const key = event.isDataRequest
		? null
		: sharedKeyOf({ method: event.request.method, url: event.url, headers: event.request.headers }, openedMarket().revision());
	return key === null ? resolve(event) : sharePage(key, async () => resolve(event));
};

export const handle = sequence(shareProductPages, secureHeaders, speakLanguage, meetMarket);

export const handleError: HandleServerError = ({ kind, error: cause }) => {
	if (kind !== 'unknown') return;
	if (cause instanceof Error && cause.name === 'Refusal') {
		const refusal = cause as Refusal;
		return { status: httpStatusOf[refusal.kind] ?? 500, message: refusal.code, code: refusal.code };
	}
	process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
};
