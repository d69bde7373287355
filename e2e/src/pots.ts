import type { PotKind, ShowView } from '@kaishi/protocol/live';
import { expect } from '@playwright/test';
import type { Extras, Person } from './journey.ts';
import type { Stall } from './stall.ts';
import { agree, signIn } from './steps.ts';

type Words = (key: string) => RegExp;

/** A show on air, whose picture is another journey's. */
export async function openShow(stall: Stall): Promise<string> {
	const bag = [stall.listingId.toString()];
	const wish = { shopId: stall.shopId.toString(), title: { en: 'Tea tonight' }, scheduledAt: Math.floor(await stall.seller.client.now()) + 60, bag };
	const { id } = await stall.seller.client.post<ShowView>('/api/live/shows', wish);
	await stall.seller.client.post(`/api/live/${id}/start`);
	return id;
}

/** Somebody signed in, in front of the room. */
export async function enterRoom(person: Person, extras: Extras, show: string): Promise<`0x${string}`> {
	const user = await extras.passkeyUser();
	await person.device.hold(user);
	await signIn(person.page, person.words);
	await person.page.goto(`/live/${show}`);
	await expect(person.page.getByTestId('room')).toHaveAttribute('data-link', 'open');
	return user.address;
}

/** The host fills in the form on its desk, and signs. Entering is open for `seconds`, one of the form's choices. */
export async function givePot(page: Person['page'], words: Words, pot: { kind: PotKind; amount: string; places: number; seconds: number }): Promise<void> {
	await page.getByRole('button', { name: words('live_play_give') }).click();
	const sheet = page.getByRole('dialog');
	await sheet.locator('select[name=kind]').selectOption(pot.kind);
	await sheet.locator('input[name=amount]').fill(pot.amount);
	await sheet.locator('input[name=places]').fill(String(pot.places));
	await sheet.locator('select[name=seconds]').selectOption(String(pot.seconds));
	await sheet.getByRole('button', { name: words('live_play_send') }).click();
	await agree(page, words('live_play_send'));
}
