import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

type Handler<Args> = (db: Queryable, event: ChainEvent<Args>) => Promise<void>;
type Amounts = readonly { token: Address; amount: bigint }[];

const DAY_SECONDS = 86_400;
const NOBODY: Address = '0x0000000000000000000000000000000000000000';

/** As the contract stores them: the last word on a token counts. */
const byToken = (amounts: Amounts) => Object.fromEntries(amounts.map(({ token, amount }) => [token, amount.toString()]));

const guard: Handler<{ shopId: bigint; cold: Address; caps: Amounts }> = async (db, { args }) => {
	await db.query('update shop.shops set cold = $2, caps = $3, proposal = null where shop_id = $1', [
		args.shopId.toString(),
		args.cold === NOBODY ? null : args.cold,
		JSON.stringify(byToken(args.caps)),
	]);
};

/** The caps stay in the order they were given: whoever applies the guard has to present the same list. */
const propose: Handler<{ shopId: bigint; cold: Address; caps: Amounts; readyAt: number }> = async (db, { args }) => {
	const caps = args.caps.map(({ token, amount }) => ({ currency: token, amount: amount.toString() }));
	const cold = args.cold === NOBODY ? null : args.cold;
	await db.query('update shop.shops set proposal = $2 where shop_id = $1', [args.shopId.toString(), JSON.stringify({ cold, caps, readyAt: args.readyAt })]);
};

const veto: Handler<{ shopId: bigint }> = async (db, { args }) => {
	await db.query('update shop.shops set proposal = null where shop_id = $1', [args.shopId.toString()]);
};

const lowerCap: Handler<{ shopId: bigint; token: Address; cap: bigint }> = async (db, { args }) => {
	await db.query('update shop.shops set caps = caps || $2::jsonb where shop_id = $1', [
		args.shopId.toString(),
		JSON.stringify({ [args.token]: args.cap.toString() }),
	]);
};

/** Of somebody who is not staff they count nothing yet: the contract keeps them, and so does the row that waits for a role. */
const limit: Handler<{ shopId: bigint; staff: Address; limits: Amounts }> = async (db, { args }) => {
	await db.query(
		`insert into shop.staff (shop_id, account, roles, limits) values ($1, $2, 0, $3)
		on conflict (shop_id, account) do update set limits = shop.staff.limits || excluded.limits`,
		[args.shopId.toString(), args.staff, JSON.stringify(byToken(args.limits))],
	);
};

const take: Handler<{ shopId: bigint; staff: Address; token: Address; amount: bigint }> = async (db, { args, timestamp }) => {
	await db.query(
		`insert into shop.takings (shop_id, account, currency, day, amount) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, account, currency) do update set day = excluded.day,
			amount = excluded.amount + case when shop.takings.day = excluded.day then shop.takings.amount else 0 end`,
		[args.shopId.toString(), args.staff, args.token, Math.floor(timestamp / DAY_SECONDS), args.amount.toString()],
	);
};

export const treasuryHandlers = {
	'Shop.ShopGuarded': guard,
	'Shop.ShopGuardProposed': propose,
	'Shop.ShopGuardVetoed': veto,
	'Shop.ShopCapLowered': lowerCap,
	'Shop.ShopLimitsChanged': limit,
	'Shop.ShopMoneyTaken': take,
};
