import type { CaseView, Vote } from '@kaishi/protocol/dispute';
import { type OrderView, orderFromWire } from '@kaishi/protocol/order';
import { commitVote, depositInto, type PasskeyUser, panelOf, revealVote, shipWithTracking, stakeAsJuror, takeStep } from '@kaishi/testkit';
import { expect, type Page } from '@playwright/test';
import type { Extras } from './journey.ts';
import { openStall, type Stall } from './stall.ts';
import { agree } from './steps.ts';

type Words = (key: string) => RegExp;

/** A small order's periods of the court take 45 minutes. */
const PERIOD_SECONDS = 46 * 60;

/** A shop whose products name the house court, and people who have staked to judge. */
export interface Courthouse {
	stall: Stall;
	/** Somebody who reads what is public. */
	clerk: PasskeyUser;
	jurors: PasskeyUser[];
	/** Time passes until the next period of the court. */
	nextPeriod(): Promise<void>;
	/** The panel is drawn. */
	draw(): Promise<void>;
}

/** Everybody who judges in one market, whichever journey brought them: any of them may be drawn. */
const benches = new Map<string, PasskeyUser[]>();

/** @param options.jurors how many have staked at least. */
export async function openCourthouse(extras: Extras, options: { jurors?: number } = {}): Promise<Courthouse> {
	const clerk = await extras.passkeyUser();
	const { court } = (await clerk.client.market()).contracts;
	const stall = await openStall(extras, { terms: { arbitrator: court, returnSeconds: 0 } });
	const { currency } = stall.offer.terms;
	const jurors = benches.get(clerk.client.origin) ?? [];
	benches.set(clerk.client.origin, jurors);
	while (jurors.length < (options.jurors ?? 3)) {
		const juror = await extras.passkeyUser();
		await stakeAsJuror(juror, currency, 60_000_000n);
		jurors.push(juror);
	}
	await depositInto(stall.seller, currency, 5_000_000n);
	return { stall, clerk, jurors, nextPeriod: () => extras.advance(PERIOD_SECONDS), draw: () => extras.advance(60) };
}

/** The seller ships what was bought. */
export async function shipOrder({ seller }: Stall, orderId: string): Promise<void> {
	const order = await seller.client.get<OrderView>(`/api/orders/${orderId}`);
	await shipWithTracking(seller, orderFromWire(order.order), { carrier: 'SF Express', number: 'SF1234567890' });
}

/** The seller answers before the court. */
export async function joinCase({ seller }: Stall, orderId: string): Promise<void> {
	const order = await seller.client.get<OrderView>(`/api/orders/${orderId}`);
	await takeStep(seller, 'join', orderFromWire(order.order));
}

export async function readCase(reader: PasskeyUser, orderId: string): Promise<CaseView> {
	return reader.client.get<CaseView>(`/api/orders/${orderId}/dispute`);
}

/** Those of `jurors` on the present panel leave their hidden votes. */
export async function commitVotes(jurors: readonly PasskeyUser[], view: CaseView, vote: Vote): Promise<void> {
	for (const juror of panelOf(view, jurors)) await commitVote(juror, view, vote);
}

export async function revealVotes(jurors: readonly PasskeyUser[], view: CaseView, vote: Vote): Promise<void> {
	for (const juror of panelOf(view, jurors)) await revealVote(juror, view, vote, 'Terms and evidence agree.');
}

/** On the open order page: the buyer brings it before the court. */
export async function bringBeforeCourt(page: Page, words: Words, reason: string): Promise<void> {
	await page.getByRole('button', { name: words('dispute_open_title') }).click();
	await page.getByRole('dialog').getByRole('textbox').fill(reason);
	await agree(page, words('order_next'));
	await agree(page, words('dispute_open_confirm'));
	await expect(page.getByText(words('dispute_open_done'))).toBeVisible();
}
