import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PotView } from '@kaishi/protocol/live';
import { expect, type Person, test } from '../../src/journey.ts';
import { enterRoom, givePot, openShow } from '../../src/pots.ts';
import { openStall } from '../../src/stall.ts';
import { dismiss, signIn } from '../../src/steps.ts';

// Refusals are answers, and nobody sends a picture here.
test.use({ tolerated: [/(409 \(Conflict\)|422|400).*\/api\/|404.*\/hls\//] });

const potOf = (page: Person['page'], index = 0) => page.getByTestId('pot').nth(index);

/** What a stranger reads who has nothing but the chain's address and the number of the pot. */
async function askTheChain(url: string, pot: string): Promise<string> {
	const script = join(import.meta.dirname, '../../../scripts/check-draw.ts');
	const { stdout } = await promisify(execFile)(process.execPath, [script, `${url}/rpc`, pot]);
	return stdout;
}

test('a host gives a red packet and a lucky draw; whoever is too late is told so, numbers are shown by themselves, and anyone recomputes who won', async ({
	extras,
	meet,
	words,
	market,
}) => {
	const stall = await openStall(extras);
	const show = await openShow(stall);
	const [host, ann, bob, cyd] = [await meet(), await meet({ size: 'phone' }), await meet({ size: 'desktop' }), await meet({ size: 'phone' })];
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	await host.page.goto(`/sell/${stall.slug}/live/${show}`);
	for (const person of [ann, bob, cyd]) await enterRoom(person, extras, show);

	await givePot(host.page, words, { kind: 'even', amount: '9', places: 2, seconds: 180 });
	const openOf = (person: Person) => potOf(person.page).getByRole('button', { name: person.words('live_play_open') });
	for (const person of [ann, bob, cyd]) await expect(openOf(person)).toBeVisible();
	for (const person of [ann, bob]) {
		const { page } = person;
		await openOf(person).click();
		await expect(page.getByTestId('pot-won')).toContainText('4.5');
		await dismiss(page);
	}
	// Gone in front of the third one's eyes.
	await expect(potOf(cyd.page)).toHaveAttribute('data-status', 'over');
	await expect(potOf(cyd.page)).toContainText(inside(cyd.words('live_play_gone')));
	await expect(openOf(cyd)).toHaveCount(0);
	await expect(host.page.getByTestId('desk-pot').first()).toHaveAttribute('data-status', 'over');

	// A draw: both seal a number, their pages show it, the host's page decides; nobody touches anything.
	await givePot(host.page, words, { kind: 'draw', amount: '8', places: 1, seconds: 180 });
	for (const { page, words } of [ann, bob]) {
		await potOf(page)
			.getByRole('button', { name: words('live_play_join') })
			.click();
		await expect(page.getByRole('dialog').getByText(words('live_play_stay'))).toBeVisible();
	}
	// Nobody waits for three minutes: the chain's clock is moved. Pages learn how far it is from theirs when they are opened.
	const [{ entriesUntil, revealUntil } = { entriesUntil: 0, revealUntil: 0 }] = await stall.seller.client.get<PotView[]>(`/api/live/${show}/pots`);
	await market.ask.advance(entriesUntil - (await stall.seller.client.now()) - 6);
	await Promise.all([ann, bob, host].map(({ page }) => page.reload()));
	const hasShown = async ({ context }: Person) => ((await (await context.request.get(`/api/live/${show}/pots`)).json()) as PotView[])[0]?.mine?.revealed;
	for (const person of [ann, bob]) await expect.poll(() => hasShown(person)).toBe(true);
	await market.ask.advance(Math.max(0, revealUntil - (await stall.seller.client.now())));
	await host.page.reload();
	const drawn = host.page.getByTestId('desk-pot').first();
	await expect(drawn).toHaveAttribute('data-status', 'over');
	const id = (await drawn.getAttribute('data-pot')) ?? '';
	const view = await stall.seller.client.get<PotView>(`/api/live/${show}/pots/${id}`);
	expect(view).toMatchObject({ kind: 'draw', entries: 2, hostSilent: false, returned: '0' });
	expect(view.paid).toHaveLength(1);
	for (const { page } of [ann, bob]) {
		await expect(potOf(page)).toHaveAttribute('data-status', 'over');
		await potOf(page).getByRole('button').first().click();
	}
	const won = async ({ page }: Person) => (await page.getByTestId('pot-won').count()) > 0;
	await expect.poll(async () => [await won(ann), await won(bob)].filter(Boolean)).toHaveLength(1);
	const loser = (await won(ann)) ? bob : ann;
	await expect(loser.page.getByRole('dialog').getByText(loser.words('live_play_lost'))).toBeVisible();
	await loser.page
		.getByRole('dialog')
		.getByRole('button', { name: loser.words('live_play_check') })
		.click();
	await expect(loser.page.getByTestId('pot-checked')).toBeVisible();

	// A stranger has the chain alone: both numbers were shown, and they make this winner.
	const told = await askTheChain(market.url, id);
	expect(told).toContain('Recomputed: it agrees with the rules.');
	expect(told).toContain('2 entered, 2 could win, 0 sealed a number and kept it back');
	expect(told.toLowerCase()).toContain(`${view.paid[0]?.account}  ${view.paid[0]?.amount}`.toLowerCase());
});

test('a host who goes away cannot keep the money: a block decides, and the room says so', async ({ extras, meet, words, market }) => {
	const stall = await openStall(extras);
	const show = await openShow(stall);
	const [host, ann] = [await meet(), await meet({ size: 'phone' })];
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	await host.page.goto(`/sell/${stall.slug}/live/${show}`);
	await enterRoom(ann, extras, show);
	await givePot(host.page, words, { kind: 'lucky', amount: '6', places: 3, seconds: 180 });
	await potOf(ann.page)
		.getByRole('button', { name: ann.words('live_play_open') })
		.click();
	await expect(ann.page.getByRole('dialog').getByText(ann.words('live_play_in'))).toBeVisible();
	await host.page.goto('about:blank');
	const [pot] = await stall.seller.client.get<PotView[]>(`/api/live/${show}/pots`);
	await market.ask.advance(200);
	const latest = () => stall.seller.client.get<PotView>(`/api/live/${show}/pots/${pot?.id}`);
	await expect
		.poll(async () => {
			await market.ask.advance(60);
			return (await latest()).status;
		})
		.toBe('over');
	expect(await latest()).toMatchObject({ hostSilent: true, returned: '4000000', paid: [{ amount: '2000000' }] });
	await expect(ann.page.getByTestId('pot-won')).toBeVisible();
	await expect(ann.page.getByRole('dialog').getByText(ann.words('live_play_silent'))).toBeVisible();
	expect(await askTheChain(market.url, pot?.id ?? '')).toContain('the hash of a block');
});

/** The same words with others around them. */
const inside = (words: RegExp) => new RegExp(words.source.replace(/^\^\\s\*/, '').replace(/\\s\*\$$/, ''));
