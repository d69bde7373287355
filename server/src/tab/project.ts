import type { Address } from 'viem';
import { bookTransfers } from '../order/public.ts';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Fold, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { tabTables } from './tables.ts';

/**
 * Folds Tabs events into what keys may still spend. What moves between an account's balance and the contract's, the vault
 * tells by itself; only what an order takes from a tab is booked here.
 */
export function createTabProjection(): Projection {
	return {
		domain: 'tab',
		tables: tabTables,
		handlers: {
			'Tabs.TabOpened': open,
			'Tabs.TabClosing': close,
			'Tabs.TabReleased': release,
			'Tabs.TabClaimed': claim,
			'Tabs.TabCorrected': claim,
			'Tabs.TabSettled': settle,
		},
		folds: { 'Tabs.TabSpent': spending },
		topics: async (_, event: ChainEvent<never>) => [topicOf(event)],
	};
}

interface Tab {
	account: Address;
	key: Address;
	token: Address;
}
type Opened = Tab & { amount: bigint; left: bigint; shopId: bigint; validUntil: number; operatorId: number };

type Spent = ChainEvent<Tab & { amount: bigint; left: bigint }>;

const topicOf = ({ args }: ChainEvent<never>) => `account:${(args as Tab).account.toLowerCase()}`;

const SPEND = `update tab.tabs t set remaining = s."left" from json_to_recordset($1::json) as s (account text, key text, currency text, "left" numeric)
	where t.account = s.account and t.key = s.key and t.currency = s.currency`;
const WHERE = 'where account = $1 and key = $2 and currency = $3';
const idOf = ({ account, key, token }: Tab) => [account, key, token];

async function open(db: Queryable, event: ChainEvent<Opened>): Promise<void> {
	const { args } = event;
	const { amount, left, shopId, operatorId, validUntil } = args;
	await db.query(
		`insert into tab.tabs as t (account, key, currency, put_in, remaining, shop_id, operator_id, valid_until, ${PROOF_COLUMNS})
		values ($1, $2, $3, $4::numeric, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		on conflict (account, key, currency) do update set put_in = t.put_in + excluded.put_in, remaining = excluded.remaining, valid_until = excluded.valid_until,
			closing = t.closing and t.valid_until = excluded.valid_until,
			(${PROOF_COLUMNS}) = (${PROOF_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')})`,
		[...idOf(args), amount.toString(), left.toString(), shopId === 0n ? null : shopId.toString(), operatorId, validUntil, ...proofValues(event)],
	);
}

/** The orders were booked as paid by their buyers: here the buyers get it back from what the contract holds. */
const spending: Fold = {
	async apply(db, events: readonly Spent[]) {
		const left = new Map(
			events.map(({ args: { account, key, token, left } }) => [`${account}/${key}/${token}`, { account, key, currency: token, left: left.toString() }]),
		);
		await db.query(SPEND, [JSON.stringify([...left.values()])]);
		await bookTransfers(
			db,
			events.map((event) => {
				const { account, token: currency, amount } = event.args;
				return { event, transfer: { from: event.address, to: account, currency, amount, kind: 'tabSpent', orderId: null } };
			}),
		);
	},
	topics: async (_, events) => events.map((event) => [topicOf(event)]),
};

async function close(db: Queryable, { args }: ChainEvent<Tab & { validUntil: number }>): Promise<void> {
	await db.query(`update tab.tabs set closing = true, valid_until = $4 ${WHERE}`, [...idOf(args), args.validUntil]);
}

async function release(db: Queryable, { args, transactionHash }: ChainEvent<Tab>): Promise<void> {
	await db.query(`update tab.tabs set released_in = $4, remaining = 0, claimed = 0, payable_from = null ${WHERE}`, [...idOf(args), transactionHash]);
}

async function claim(db: Queryable, { args }: ChainEvent<Tab & { spent: bigint; left: bigint; payableFrom: number }>): Promise<void> {
	await db.query(`update tab.tabs set claimed = $4, remaining = $5, payable_from = $6 ${WHERE}`, [
		...idOf(args),
		args.spent.toString(),
		args.left.toString(),
		args.payableFrom,
	]);
}

/** A closing state is the tab's last: what is left is the account's again. */
async function settle(db: Queryable, event: ChainEvent<Tab & { epoch: number; left: bigint; closing: boolean }>): Promise<void> {
	const { args } = event;
	if (args.closing) await release(db, event);
	const left = args.closing ? 0n : args.left;
	await db.query(`update tab.tabs set claimed = 0, payable_from = null, epoch = $4, remaining = $5 ${WHERE}`, [...idOf(args), args.epoch + 1, left.toString()]);
}
