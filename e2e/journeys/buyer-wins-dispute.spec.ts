import type { OrderView } from '@kaishi/protocol/order';
import { panelOf } from '@kaishi/testkit';
import { bringBeforeCourt, commitVotes, joinCase, openCourthouse, readCase, revealVotes, shipOrder } from '../src/court.ts';
import { expect, test } from '../src/journey.ts';
import { drawPng } from '../src/stall.ts';
import { agree, buy, signIn } from '../src/steps.ts';

const SECRET = 'The tin came empty. 罐子是空的。';

test.describe('evidence that only some may read', () => {
	// A stranger and a juror without a key are refused, and the browser says so.
	test.use({ tolerated: [/403/] });

	test('the buyer shows sealed evidence, a juror reads it and votes, a stranger and the server cannot; the money comes back', async ({
		extras,
		meet,
		words,
	}) => {
		const house = await openCourthouse(extras);
		const buyer = await meet();
		const orderId = await buy(buyer.page, words, house.stall.productPath);
		await shipOrder(house.stall, orderId);
		await buyer.page.goto(`/orders/${orderId}`);
		await bringBeforeCourt(buyer.page, words, 'Nothing in it.');
		await joinCase(house.stall, orderId);
		await house.draw();
		const drawn = await readCase(house.clerk, orderId);
		const { id } = drawn;
		const [reader, ...others] = panelOf(drawn, house.jurors);
		if (!reader) throw new Error('nobody was drawn');

		const juror = await meet();
		await juror.device.hold(reader);
		await signIn(juror.page, words);
		await juror.page.goto('/court');
		await juror.page.locator(`a[href="/court/${id}"]`).first().click();
		await juror.page.getByRole('button', { name: words('dispute_key_make') }).click();
		await expect(juror.page.getByText(words('dispute_key_ready'))).toBeVisible();

		const { page } = buyer;
		await page.goto(`/orders/${orderId}`);
		await page.getByLabel(words('dispute_evidence_text')).fill(SECRET);
		await page.getByLabel(words('dispute_evidence_files')).setInputFiles({ name: 'tin.png', mimeType: 'image/png', buffer: drawPng(120, 90) });
		await page.getByRole('button', { name: words('dispute_evidence_send') }).click();
		await agree(page, words('dispute_evidence_send'));
		await expect(page.getByText(words('dispute_evidence_sent'))).toBeVisible();

		await juror.page.reload();
		await expect(juror.page.getByText(SECRET), 'opened in the juror’s browser').toBeVisible();
		await expect(juror.page.getByRole('img', { name: 'tin.png' })).toBeVisible();

		const stranger = await extras.passkeyUser();
		await stranger.signIn();
		const [item] = (await readCase(stranger, orderId)).evidence;
		const file = await stranger.client.fetch(`/api/disputes/${id}/blobs/${item?.cid}`);
		const envelope = (await file.json()) as { fileURI: string };
		const ciphertext = envelope.fileURI.replace('ipfs://', '');
		expect((await stranger.client.fetch(`/api/disputes/${id}/blobs/${ciphertext}`)).status).toBe(403);
		expect((await stranger.client.fetch(`/api/disputes/${id}/keys`)).status).toBe(403);
		await reader.signIn();
		const stored = Buffer.from(await (await reader.client.fetch(`/api/disputes/${id}/blobs/${ciphertext}`)).arrayBuffer());
		expect(stored.length, 'what the server keeps').toBeGreaterThan(200);
		for (const known of [SECRET, 'tin.png', 'IHDR']) expect(stored.includes(Buffer.from(known)), `${known} in what the server keeps`).toBe(false);
		const outsider = await meet();
		await outsider.page.goto(`/court/${id}`);
		await expect(outsider.page.getByText(words('dispute_sealed_stranger'))).toBeVisible();

		await house.nextPeriod();
		const view = await readCase(reader, orderId);
		expect(view.phase).toBe('commit');
		await juror.page.getByRole('radio', { name: words('dispute_vote_buyer') }).check();
		await juror.page.getByRole('button', { name: words('dispute_vote_commit') }).click();
		await agree(juror.page, words('dispute_vote_commit'));
		await expect(juror.page.getByText(words('dispute_vote_committed')).first()).toBeVisible();
		await commitVotes(others, view, 'buyer');
		await house.draw();
		// All have voted: the period ends early, and the open page asks to open the vote by itself.
		await agree(juror.page, words('dispute_vote_reveal'));
		await expect(juror.page.getByText(words('dispute_vote_revealed')).first()).toBeVisible();
		await revealVotes(others, view, 'buyer');
		await house.draw();
		expect((await readCase(reader, orderId)).phase).toBe('appeal');
		await house.nextPeriod();

		await expect(page.getByText(words('dispute_outcome_buyer')).first()).toBeVisible();
		const ruled = await reader.client.get<OrderView>(`/api/orders/${orderId}`);
		expect(ruled).toMatchObject({ state: 'ruled', payouts: [{ kind: 'buyer', amount: ruled.total.amount }] });
		await juror.page.goto('/court');
		await expect(juror.page.getByText(words('dispute_outcome_buyer')).first()).toBeVisible();
	});
});
