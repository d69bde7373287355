import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { expect, test } from 'vitest';
import { listen, MarketClient, openConversation, openShop, PasskeyUser, randomSalt, say } from '../actors/index.ts';
import { spawnMarket } from '../process/spawn-market.ts';

test('kill -9 in the middle of a talk: what was acknowledged is there, and sending the rest again doubles nothing', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-talk-'));
	let market = await spawnMarket({ dataDir, durable: true, quiet: true });
	try {
		const [seller, buyer] = [await PasskeyUser.register(new MarketClient(market.url)), await PasskeyUser.register(new MarketClient(market.url))];
		const shopId = await openShop(seller, { slug: 'talk-and-die' });
		for (const actor of [seller, buyer]) await actor.signIn();
		const { id } = await openConversation(buyer, shopId);

		const outbox = Array.from({ length: 30 }, (_, i) => ({ from: i % 2 === 0 ? buyer : seller, id: randomSalt(), text: `message ${i}` }));
		const acknowledged: Hex[] = [];
		const sending = outbox.map(({ from, ...message }, i) =>
			say(from, id, message).then(
				() => {
					acknowledged.push(message.id);
					if (acknowledged.length === 8) void market.kill();
				},
				// Lost on the way: nobody knows whether it arrived.
				() => i,
			),
		);
		await Promise.all(sending);
		const told = [...acknowledged];
		expect(told.length).toBeGreaterThanOrEqual(8);
		expect(told.length, 'the process died in the middle').toBeLessThan(outbox.length);

		market = await spawnMarket({ dataDir, durable: true, port: Number(new URL(market.url).port) });
		const kept = (await listen(buyer, id, '?limit=100')).messages.map((message) => message.id);
		expect(told.filter((one) => !kept.includes(one))).toEqual([]);

		for (const { from, ...message } of outbox) {
			// A person who is told to wait waits.
			for (;;) {
				const refused = await say(from, id, message).then(
					() => null,
					(refusal: { kind?: string }) => refusal,
				);
				if (refused === null) break;
				expect(refused).toMatchObject({ kind: 'tooMany' });
				await new Promise((resolve) => setTimeout(resolve, 2000));
			}
		}
		const { messages } = await listen(seller, id, '?limit=100');
		expect(messages.map((message) => message.seq)).toEqual(outbox.map((_, i) => i + 1));
		expect(new Set(messages.map((message) => message.id))).toEqual(new Set(outbox.map((message) => message.id)));
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});
