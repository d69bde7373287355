import { type CartLine, cartLine, mergeCarts } from '@kaishi/protocol/order';
import * as v from 'valibot';
import type { Address } from 'viem';
import type { Database, Queryable } from '../platform/db/database.ts';
import type { Migration } from '../platform/db/migrate.ts';

/** Not derived from the chain: what people mean to buy is nobody's business but theirs. */
export const cartMigrations: readonly Migration[] = [
	{
		name: 'order.cart.0001',
		sql: `
create table order_private.cart_lines (
	account text not null,
	offer_id numeric(78) not null,
	line jsonb not null,
	changed_at timestamptz not null default now(),
	primary key (account, offer_id)
);
create index on order_private.cart_lines (changed_at);
`,
	},
];

/** Oldest first. */
export async function cartOf(db: Queryable, account: Address): Promise<CartLine[]> {
	const { rows } = await db.query<{ line: unknown }>('select line from order_private.cart_lines where account = $1', [account]);
	return mergeCarts(
		rows.flatMap(({ line }) => {
			const parsed = v.safeParse(cartLine, line);
			return parsed.success ? [parsed.output] : [];
		}),
		[],
	);
}

/** What a browser gathered joins what the account has; every offer stands there once. Returns the whole cart. */
export async function mergeIntoCart(db: Database, account: Address, lines: readonly CartLine[]): Promise<CartLine[]> {
	return await db.transaction(async (tx) => {
		// Two tabs that sign in at once: the second one sees what the first one wrote.
		await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`cart:${account}`]);
		const merged = mergeCarts(await cartOf(tx, account), lines);
		for (const line of merged) await putLine(tx, account, line);
		return merged;
	});
}

export async function putLine(db: Queryable, account: Address, line: CartLine): Promise<void> {
	await db.query(
		`insert into order_private.cart_lines (account, offer_id, line) values ($1, $2, $3)
		 on conflict (account, offer_id) do update set line = excluded.line, changed_at = now()`,
		[account, line.offerId, JSON.stringify(line)],
	);
}

export async function dropLines(db: Queryable, account: Address, offerIds: readonly string[]): Promise<void> {
	await db.query('delete from order_private.cart_lines where account = $1 and offer_id = any($2::numeric[])', [account, [...offerIds]]);
}

/** Nobody comes back for a cart of last year. */
export async function forgetOldCarts(db: Queryable): Promise<void> {
	await db.query("delete from order_private.cart_lines where changed_at < now() - interval '180 days'");
}
