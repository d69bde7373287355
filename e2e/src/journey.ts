import { MarketClient, PasskeyUser, type SpawnedMarket, spawnMarket, WalletUser } from '@kaishi/testkit';
import { type BrowserContext, test as base, expect, type Page, type Response } from '@playwright/test';
import { attachPasskeyDevice, type PasskeyDevice } from './passkey-device.ts';
import { type Size, sizes } from './sizes.ts';
import { watchPage } from './watch-page.ts';
import { type Locale, say } from './words.ts';

/** Somebody in front of a browser of their own. */
export interface Person {
	page: Page;
	context: BrowserContext;
	device: PasskeyDevice;
	/** The words of this person's language, to find things by. */
	words: (key: string) => RegExp;
}

/** People beside the browser, who act through the HTTP API so that a journey can begin where its story does. */
export interface Extras {
	passkeyUser(): Promise<PasskeyUser>;
	walletUser(): Promise<WalletUser>;
	/** Moves the market's time. */
	advance(seconds: number): Promise<void>;
}

interface JourneyFixtures {
	/** The words of the language this project speaks, to find things by. */
	words: (key: string) => RegExp;
	/** Complaints of pages that this journey provokes on purpose. */
	tolerated: RegExp[];
	/** Opens a browser for one more person, of the project's size and language unless told otherwise. */
	meet: (options?: { size?: Size; locale?: Locale; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean }) => Promise<Person>;
	extras: Extras;
}

/** What a worker's market begins with. */
interface MarketFixtures {
	market: SpawnedMarket;
	seeded: boolean;
}

export const test = base.extend<JourneyFixtures, MarketFixtures>({
	seeded: [false, { scope: 'worker', option: true }],
	market: [
		async ({ seeded }, use) => {
			const market = await spawnMarket({ web: true, seed: seeded });
			await use(market);
			await market.close();
		},
		{ scope: 'worker', timeout: 600_000 },
	],
	baseURL: async ({ market }, use) => use(market.url),
	words: async ({ locale }, use) => use((key) => say(key, localeOf(locale))),
	tolerated: [[], { option: true }],
	meet: async ({ browser, contextOptions, baseURL, locale, timezoneId, viewport, deviceScaleFactor, isMobile, hasTouch, serviceWorkers, tolerated }, use) => {
		const contexts: BrowserContext[] = [];
		const complaints: string[][] = [];
		await use(async (options = {}) => {
			const size = options.size ? sizes[options.size] : { locale: locale ?? 'en-GB', viewport, deviceScaleFactor, isMobile, hasTouch };
			const language = options.locale ?? size.locale;
			const context = await browser.newContext({
				...contextOptions,
				...(baseURL ? { baseURL } : {}),
				...(timezoneId ? { timezoneId } : {}),
				...(size.deviceScaleFactor ? { deviceScaleFactor: size.deviceScaleFactor } : {}),
				viewport: size.viewport ?? null,
				isMobile: size.isMobile ?? false,
				hasTouch: size.hasTouch ?? false,
				serviceWorkers: serviceWorkers ?? 'block',
				locale: language,
				colorScheme: options.colorScheme ?? 'light',
				javaScriptEnabled: options.javaScriptEnabled ?? true,
			});
			contexts.push(context);
			leaveQuietly(context);
			const page = await context.newPage();
			if (options.javaScriptEnabled !== false) waitUntilAlive(page);
			complaints.push(watchPage(page, tolerated));
			return { page, context, device: await attachPasskeyDevice(page), words: (key) => say(key, localeOf(language)) };
		});
		for (const context of contexts) await context.close();
		expect(complaints.flat(), 'pages that work do not complain').toEqual([]);
	},
	extras: async ({ market }, use) => {
		const funded = async <T extends PasskeyUser | WalletUser>(user: T): Promise<T> => {
			await user.client.post('/api/faucet', { account: user.address });
			return user;
		};
		await use({
			passkeyUser: async () => funded(await PasskeyUser.register(new MarketClient(market.url))),
			walletUser: () => funded(new WalletUser(new MarketClient(market.url))),
			advance: (seconds) => market.ask.advance(seconds),
		});
	},
});

export { expect };

/** What a page still asks for in its last moment is nobody's concern any more, also not its stand-in's. */
function leaveQuietly(context: BrowserContext): void {
	const close = context.close.bind(context);
	context.close = async (options) => {
		for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
		await close(options);
	};
}

/** A socket that says nothing for so long will not begin to. */
const GREETING_MS = 10_000;

/**
 * A page that was rendered on the server ignores taps until its script runs, and hears no news until it has said what it wants to
 * hear; people are slower than tests.
 */
function waitUntilAlive(page: Page): void {
	let greetings: Promise<unknown>[] = [];
	// sockets of the page before are gone without a word
	page.on('framenavigated', (frame) => {
		if (frame === page.mainFrame()) greetings = [];
	});
	page.on('websocket', (socket) => {
		const spoke = new Promise((resolve) => {
			for (const event of ['framesent', 'framereceived', 'close', 'socketerror'] as const) socket.on(event as 'close', resolve);
		});
		greetings.push(spoke);
	});
	const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
	const wait = async (response: Response | null) => {
		// the router takes scrolling over once everything has come to life; a page may do without script
		const alive = () => history.scrollRestoration === 'manual' || document.scripts.length === 0;
		if (response?.headers()['content-type']?.startsWith('text/html')) await page.waitForFunction(alive);
		await Promise.race([Promise.all(greetings), page.waitForTimeout(GREETING_MS)]);
		return response;
	};
	page.goto = (url, options) => goto(url, options).then(wait);
	page.reload = (options) => reload(options).then(wait);
}

const localeOf = (locale: string | undefined): Locale => (locale?.startsWith('zh') ? 'zh-CN' : 'en');

/** Taps or clicks and counts: how much a person has to do. */
export class Taps {
	count = 0;

	async on(locator: ReturnType<Page['locator']>): Promise<void> {
		this.count++;
		await locator.click();
	}
}
