import type { ShowView } from '@kaishi/protocol/live';
import { expect, type Person, test } from '../../src/journey.ts';
import { openStall } from '../../src/stall.ts';
import { agree, signIn } from '../../src/steps.ts';

// Nobody sends a picture here: players ask for it in vain.
test.use({ tolerated: [/(404|409|410|503).*\/api\/live\//] });

test('a guest is rude; a moderator bans them: what they said is gone for all, and they are out until the shop thinks better of it', async ({
	extras,
	meet,
}) => {
	const stall = await openStall(extras);
	const { client } = stall.seller;
	const show = await client.post<ShowView>('/api/live/shows', {
		shopId: stall.shopId.toString(),
		title: { en: 'Tea tonight', 'zh-CN': '今晚喝茶' },
		scheduledAt: await client.now(),
		bag: [stall.listingId.toString()],
	});
	await client.post(`/api/live/${show.id}/start`);
	const [guest, moderator, witness] = [await meet({ size: 'phone' }), await meet({ size: 'desktop' }), await meet({ size: 'phone' })];
	const [rude, trusted] = [await extras.passkeyUser(), await extras.passkeyUser()];
	await client.put(`/api/live/${show.id}/moderators`, { accounts: [trusted.address] });
	await guest.device.hold(rude);
	await moderator.device.hold(trusted);
	for (const person of [guest, moderator]) await signIn(person.page, person.words);
	for (const { page } of [guest, moderator, witness]) {
		await page.goto(`/live/${show.id}`);
		await expect(page.getByTestId('room')).toHaveAttribute('data-link', 'open');
	}
	const lineIn = ({ page }: Person, text: string) => page.getByRole('log').getByText(text);
	const say = async ({ page, words }: Person, text: string) => {
		await page.getByLabel(words('live_say')).fill(text);
		await page.getByRole('button', { name: words('live_send') }).click();
	};

	await say(guest, 'You are all fools');
	await guest.page.getByRole('dialog').locator('input[name=name]').fill('Grumpy');
	await agree(guest.page, guest.words('live_introduce_do'));
	await agree(guest.page, guest.words('live_introduce_do'));
	for (const person of [moderator, witness]) await expect(lineIn(person, 'You are all fools')).toBeVisible();

	await moderator.page.getByRole('log').getByRole('button', { name: 'Grumpy' }).click();
	await agree(moderator.page, moderator.words('live_mod_ban'));
	await expect(lineIn(witness, 'You are all fools')).toHaveCount(0);
	await expect(lineIn(moderator, 'You are all fools')).toHaveCount(0);
	// Out at once, and no way back in.
	await expect(guest.page.getByTestId('room')).toHaveAttribute('data-link', 'closed');
	await guest.page.reload();
	await expect(guest.page.getByTestId('room')).toHaveAttribute('data-link', 'closed');
	await expect(guest.page.getByLabel(guest.words('live_say'))).toBeDisabled();
	await expect(guest.page.getByPlaceholder(guest.words('live_banned'))).toBeVisible();
	// Guests do not moderate.
	await rude.signIn();
	await expect(rude.client.post(`/api/live/${show.id}/moderation`, { act: 'unban', account: rude.address })).rejects.toMatchObject({
		code: 'Live_NotModerator',
	});

	await client.post(`/api/live/${show.id}/moderation`, { act: 'unban', account: rude.address });
	await guest.page.reload();
	await expect(guest.page.getByTestId('room')).toHaveAttribute('data-link', 'open');
	await say(guest, 'I am sorry');
	await expect(lineIn(witness, 'I am sorry')).toBeVisible();
	await expect(lineIn(witness, 'You are all fools')).toHaveCount(0);
});
