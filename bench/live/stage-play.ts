// A show on a real market: a host who films a clock in one browser, people who watch in another.
import type { ShowView } from '@kaishi/protocol/live';
import { MarketClient, openShop, WalletUser } from '@kaishi/testkit';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { giveClockCamera } from '../../e2e/src/camera.ts';
import { chromiumFlags, findChromium } from '../../e2e/src/find-chromium.ts';

export interface StagePlay {
	showId: string;
	hostPage: Page;
	/** Opens the room; resolves when its picture moves, with the time from asking for the show to its first picture, ms. */
	watch(): Promise<{ page: Page; firstFrameMs: number }>;
	close(): Promise<void>;
}

const openBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });

/** Opens a shop and a show in it, and goes live in a browser as hosts do. */
export async function playShow(url: string, picture: { width: number; height: number; framesPerSecond: number }): Promise<StagePlay> {
	const host = new WalletUser(new MarketClient(url));
	await host.client.post('/api/faucet', { account: host.address });
	const slug = `bench-${Date.now()}`;
	const shopId = String(await openShop(host, { slug }));
	await host.signIn();
	const title = { en: 'What a show costs' };
	const { id } = await host.client.post<ShowView>('/api/live/shows', { shopId, title, scheduledAt: (await host.client.now()) + 60, cover: null, bag: [] });
	const [stageBrowser, houseBrowser] = [await openBrowser(), await openBrowser()];
	const house = await houseBrowser.newContext();
	const hostPage = await goLive(await contextOf(stageBrowser, host.client), `${url}/sell/${slug}/live/${id}`, picture);
	return {
		showId: id,
		hostPage,
		async watch() {
			const page = await house.newPage();
			await page.goto(`${url}/live/${id}`);
			const player = page.locator('[data-live-player][data-first-frame-ms]');
			await player.waitFor({ state: 'attached' });
			return { page, firstFrameMs: Number(await player.getAttribute('data-first-frame-ms')) };
		},
		async close() {
			await Promise.all([stageBrowser.close(), houseBrowser.close()]);
		},
	};
}

/** A browser in which somebody is signed in. */
async function contextOf(browser: Browser, client: MarketClient): Promise<BrowserContext> {
	const context = await browser.newContext({ locale: 'en-GB' });
	const pairs = client.cookieHeader().split('; ');
	await context.addCookies(pairs.map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: client.origin })));
	return context;
}

async function goLive(context: BrowserContext, consoleUrl: string, picture: Parameters<typeof giveClockCamera>[1]): Promise<Page> {
	await giveClockCamera(context, picture);
	const page = await context.newPage();
	await page.goto(consoleUrl, { waitUntil: 'networkidle' });
	await page.locator('[data-studio] button').first().click();
	await page.locator('[data-studio][data-picture=camera]').waitFor();
	// the machine is judged before the show begins
	await page.waitForTimeout(2000);
	await page.getByRole('button', { name: 'Go live' }).click();
	await page.locator('[data-studio][data-link=live]').waitFor();
	return page;
}
