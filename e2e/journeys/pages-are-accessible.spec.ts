import AxeBuilder from '@axe-core/playwright';
import type { ShowView } from '@kaishi/protocol/live';
import type { IntentAnswer } from '@kaishi/protocol/operator';
import { buy, depositInto, dispute, draftOrder, filmClip, openConversation, openTab, say, signIntent } from '@kaishi/testkit';
import type { Page } from '@playwright/test';
import { putIntoCart } from '../src/cart.ts';
import { shareStall } from '../src/counter.ts';
import { openCourthouse, readCase, shipOrder } from '../src/court.ts';
import { openDrop } from '../src/drop.ts';
import { type Extras, expect, test } from '../src/journey.ts';
import { allPagePaths } from '../src/page-paths.ts';
import { openStall, type Stall } from '../src/stall.ts';
import { signIn } from '../src/steps.ts';

// Nobody sends a picture to the show that is on air: there is no playlist.
test.use({ seeded: true, tolerated: [/404 \(Not Found\).*\/hls\//] });

/** WCAG 2.2 AA; what stops people is what fails. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Pages that show something else, or more, to whoever is nobody yet. */
const doors = ['/account', '/orders', '/sell', '/checkout', '/messages', '/notifications', '/cart', '/checkout/cart'];

/** What colours decide; all else is the same in both themes. */
const rulesOfColor = ['color-contrast', 'link-in-text-block'];

test('no page keeps anybody out, in the light theme or in the dark', async ({ extras, meet, words }) => {
	test.setTimeout(600_000);
	const { stall, paths } = await everyPage(extras);
	const visitor = await meet();
	await putIntoCart(visitor.page, words, stall);
	const problems = await problemsOn(
		visitor.page,
		paths.filter((path) => doors.includes(path.replace(/\?.*/, ''))),
	);
	const seller = await meet();
	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	problems.push(...(await problemsOn(seller.page, paths)));
	console.log(`${paths.length} pages looked at`);
	expect(problems).toEqual([]);
});

async function problemsOn(page: Page, paths: string[]): Promise<string[]> {
	const found: string[] = [];
	for (const path of paths) {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		const response = await page.goto(path);
		if (!response?.ok()) found.push(`${path}: ${response?.status()}`);
		await page.waitForLoadState('networkidle');
		const paper = await paperOf(page);
		found.push(...(await violationsOf(`${path}, light`, axe(page).withTags(standards))));
		await page.emulateMedia({ colorScheme: 'dark' });
		if ((await paperOf(page)) === paper) found.push(`${path}: is as light in the dark`);
		found.push(...(await violationsOf(`${path}, dark`, axe(page).withRules(rulesOfColor))));
	}
	return found;
}

/** Without frames from elsewhere, one run in the page itself tells everything. */
const axe = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();

async function violationsOf(where: string, builder: AxeBuilder): Promise<string[]> {
	const { violations } = await builder.analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(
			({ id, help, nodes }) =>
				`${where}: ${id} (${help}): ${nodes
					.slice(0, 3)
					.map((node) => node.target.join(' '))
					.join(' | ')}`,
		);
}

/** The colour a page is written on, once nothing changes its looks any more. */
const paperOf = (page: Page) =>
	page.evaluate(async () => {
		const nextFrame = () => new Promise(requestAnimationFrame);
		await nextFrame();
		await nextFrame();
		const passing = document.getAnimations().filter((animation) => animation instanceof CSSTransition && animation.playState === 'running');
		await Promise.allSettled(passing.map(({ finished }) => finished));
		return getComputedStyle(document.documentElement).backgroundColor;
	});

/** A case before the court that waits for the seller's answer; returns its id. */
async function openCase(extras: Extras): Promise<string> {
	const { stall, clerk } = await openCourthouse(extras, { jurors: 0 });
	const { order, orderId } = await buy(clerk, stall.offer);
	await depositInto(clerk, stall.offer.terms.currency, 5_000_000n);
	await shipOrder(stall, orderId);
	await dispute(clerk, order);
	return (await readCase(clerk, orderId)).id;
}

/** Every page there is, with a product, a shop and an order in the places of their parameters. */
async function everyPage(extras: Extras): Promise<{ stall: Stall; paths: string[] }> {
	const stall = await openStall(extras);
	const buyer = await extras.walletUser();
	const { orderId } = await buy(buyer, stall.offer);
	await buyer.signIn();
	const { id } = await openConversation(buyer, stall.shopId);
	await say(buyer, id, { card: { kind: 'order', id: orderId } });
	await say(buyer, id, 'When will it be here?');
	const drop = await openDrop(extras);
	const hurried = await extras.passkeyUser();
	const tab = await openTab(hurried, { currency: drop.offer.terms.currency, amount: drop.offer.terms.unitPrice * 2n });
	const promised = (await hurried.client.post<IntentAnswer>('/api/intents', await signIntent(tab, await draftOrder(hurried, drop.offer)))).orderId;
	const shared = await openStall(extras);
	await shareStall(shared, stall.seller);
	const announce = async () =>
		stall.seller.client.post<ShowView>('/api/live/shows', {
			shopId: stall.shopId.toString(),
			title: { en: 'Tea tonight', 'zh-CN': '今晚喝茶' },
			scheduledAt: (await stall.seller.client.now()) + 600,
			bag: [stall.listingId.toString()],
		});
	const [coming, past] = [await announce(), await announce()];
	await stall.seller.client.post(`/api/live/${past.id}/start`);
	const clip = await filmClip(stall.seller, past.id);
	await stall.seller.client.post(`/api/live/${past.id}/end`);
	await stall.seller.client.post(`/api/live/${coming.id}/start`);
	const paths = allPagePaths({
		'sell/[shop]/signing': { shop: shared.slug },
		'court/': { dispute: await openCase(extras) },
		'p/': { id: stall.listingId.toString() },
		's/': { slug: stall.slug },
		'sell/[shop]/live/': { shop: stall.slug, show: coming.id },
		'live/clips/': { clip: clip.id },
		'live/': { show: coming.id },
		'sell/': { shop: stall.slug, listing: stall.listingId.toString() },
		'orders/': { id: orderId },
		'explorer/': { id: orderId },
		'receipts/': { orderId: promised },
	});
	const talk = `/sell/${stall.slug}/messages?c=${id}`;
	return {
		stall,
		paths: [...paths, talk, drop.productPath, `/sell/${stall.slug}/live/${past.id}`, `/live/${past.id}`].map((path) =>
			path === '/checkout' ? `/checkout?offer=${stall.offer.offerId}&v=1&n=1` : path,
		),
	};
}
