import type { Address } from 'viem';
import type { Race } from './check.ts';

/** Every base unit is where the orders on the chain say: nothing more was taken, nothing went elsewhere. */
export function checkMoney(race: Race): string[] {
	return [...checkTotals(race), ...checkBuyers(race), ...checkVault(race)];
}

const lower = (address: Address) => address.toLowerCase() as Address;

/** Each order holds in escrow what its buyer signed. */
function checkTotals({ intents, after }: Race): string[] {
	const signed = new Map(intents.filter(({ forged }) => !forged).map(({ orderId, total }) => [orderId, total]));
	return after.placed.flatMap(({ orderId, total, state }) => [
		...(total === signed.get(orderId) ? [] : [`${orderId} cost ${total}, and ${signed.get(orderId)} was signed`]),
		...(state === 'placed' ? [] : [`${orderId} is ${state}`]),
	]);
}

/** A tab, or a balance where there is no tab, is smaller by exactly what its owner bought. */
function checkBuyers({ door, before, after }: Race): string[] {
	const spent = new Map<Address, bigint>();
	for (const { buyer, total } of after.placed) spent.set(lower(buyer), (spent.get(lower(buyer)) ?? 0n) + total);
	return [...before.buyers].flatMap(([buyer, first]) => {
		const last = after.buyers.get(buyer);
		const paid = spent.get(lower(buyer)) ?? 0n;
		const [fromTab, fromBalance] = door === 'intents' ? [paid, 0n] : [0n, paid];
		return [
			...(last?.tab === first.tab - fromTab ? [] : [`${buyer}: the tab had ${first.tab}, ${fromTab} was spent, ${last?.tab} is left`]),
			...(last?.balance === first.balance - fromBalance
				? []
				: [`${buyer}: the balance was ${first.balance}, ${fromBalance} was spent, ${last?.balance} is left`]),
		];
	});
}

/** What left the tabs is in escrow and nowhere else: the vault owes as much as before, no seller has it yet. */
function checkVault({ door, offers, before, after }: Race): string[] {
	const escrowed = after.placed.reduce((sum, { total }) => sum + total, 0n);
	const fromTabs = door === 'intents' ? escrowed : 0n;
	return [
		...(after.owed === before.owed ? [] : [`the vault owed ${before.owed} and owes ${after.owed}`]),
		...(before.tabsBalance - after.tabsBalance === fromTabs ? [] : [`tabs held ${before.tabsBalance}, ${fromTabs} was spent, they hold ${after.tabsBalance}`]),
		...offers.flatMap(({ shopId }) => {
			const [first, last] = [before.shops.get(shopId) ?? 0n, after.shops.get(shopId) ?? 0n];
			return first === last ? [] : [`shop ${shopId} had ${first} and has ${last} before anything was delivered`];
		}),
	];
}
