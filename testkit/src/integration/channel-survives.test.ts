import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Money } from '@kaishi/protocol/platform/money';
import { type SignedTabState, type TabBook, type TabPurchaseRequest, tipPurchase, withPurchase } from '@kaishi/protocol/tab';
import { type Address, zeroHash } from 'viem';
import { expect, test } from 'vitest';
import { closeTab, freshTabKey, MarketClient, openTab, PasskeyUser, randomSalt, TabBuyer } from '../actors/index.ts';
import { type SpawnedMarket, spawnMarket } from '../process/spawn-market.ts';

const UNIT = 1_000_000n;
const TABS = 3;
const TIPS = 8;

/** A browser whose server may die: what it has signed and had no answer to is sent again as it is. */
class PatientBuyer extends TabBuyer {
	pending: { next: TabBook; body: TabPurchaseRequest } | null = null;

	async send(): Promise<void> {
		if (this.pending === null) return;
		const { next, body } = this.pending;
		this.keep(next, await this.tab.client.post<SignedTabState>('/api/tabs/purchases', body));
		this.pending = null;
	}

	async tipOnce(to: Address): Promise<void> {
		const tip = tipPurchase({ to, amount: UNIT, note: '', salt: randomSalt() });
		const next = withPurchase(this.book, tip);
		this.pending = { next, body: await this.request(next, tip) };
		await this.send();
	}
}

const until = async (holds: () => Promise<boolean>) => {
	while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
};

test('kill -9 while buying, while claiming and while paying: nothing countersigned is forgotten, and everybody is paid once', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-tabs-'));
	let market: SpawnedMarket = await spawnMarket({ dataDir, durable: true, quiet: true });
	const again = async () => {
		market = await spawnMarket({ dataDir, durable: true, quiet: true, port: Number(new URL(market.url).port) });
	};
	try {
		const buyer = await PasskeyUser.register(new MarketClient(market.url));
		await buyer.client.post('/api/faucet', { account: buyer.address });
		const currency = (await buyer.client.market()).currencies[0]?.address ?? '0x';
		const friends = Array.from({ length: TABS }, () => freshTabKey().address);
		const buyers: PatientBuyer[] = [];
		for (let i = 0; i < TABS; i++) buyers.push(new PatientBuyer(await openTab(buyer, { currency, amount: 20n * UNIT, seconds: 86_400 })));

		let acknowledged = 0;
		await Promise.allSettled(
			buyers.map(async (one, i) => {
				for (let n = 0; n < TIPS; n++) {
					await one.tipOnce(friends[i] as Address);
					if (++acknowledged === 7) void market.kill();
				}
			}),
		);
		expect(acknowledged, 'the process died in the middle').toBeLessThan(TABS * TIPS);
		await again();
		for (const [i, one] of buyers.entries()) {
			const known = one.book.state.version;
			const { last } = await one.channel();
			expect(BigInt(last?.state.version ?? 0)).toBeGreaterThanOrEqual(known);
			await one.send();
			expect((await one.channel()).last?.state).toEqual(one.signed.at(-1)?.state);
			await one.tipOnce(friends[i] as Address);
		}

		// The account wants its money back: what was bought is claimed, whatever happens to the process meanwhile.
		await Promise.allSettled([...buyers.map((one) => closeTab(buyer, one.tab)), new Promise((resolve) => setTimeout(resolve, 1200)).then(() => market.kill())]);
		await again();
		for (const one of buyers) await closeTab(buyer, one.tab).catch(() => undefined);
		await until(async () => (await Promise.all(buyers.map((one) => one.channel()))).every(({ payableFrom }) => payableFrom !== null));

		// An hour later they are paid; killed in the middle of it.
		const dying = market.ask.advance(3601).catch(() => undefined);
		await Promise.race([dying, new Promise((resolve) => setTimeout(resolve, 150))]);
		await market.kill();
		await again();
		await market.ask.advance(3601);
		await until(async () => (await Promise.all(buyers.map((one) => one.channel()))).every(({ epoch }) => epoch === 1));
		await market.ask.advance(2);
		const held = async (account: Address) =>
			BigInt((await buyer.client.get<Money[]>(`/api/accounts/${account}/balances`)).find((money) => money.currency === currency)?.amount ?? 0);
		const spent = buyers.map((one) => one.book.state.spent);
		expect(await Promise.all(friends.map(held))).toEqual(spent);
		expect(await held(buyer.address)).toBe(20n * UNIT * BigInt(TABS) - spent.reduce((sum, each) => sum + each, 0n));
		expect(buyers.every((one) => one.book.state.purchases !== zeroHash)).toBe(true);
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});
