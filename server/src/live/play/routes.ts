import {
	announcePot,
	decidePotData,
	type EntryRule,
	enterPot,
	enterPotData,
	keepPotData,
	potCommitmentOf,
	revealPotData,
	SHOW_ID,
	showSecret,
} from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import { type Address, type Hex, isAddressEqual } from 'viem';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { parseBody } from '../../platform/http/parse.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { requireHost } from '../room/access.ts';
import type { PotCalls } from './enter.ts';
import { findPot, isFull, type PlayReads, type PotRow, statusOf } from './reads.ts';

export interface PlayRoutesContext {
	db: Database;
	reads: PlayReads;
	calls: PotCalls;
	viewerOf: ViewerOf;
	/** Where a request comes from: accounts cost nothing, addresses do. */
	clientOf(c: Context): string;
	/** Chain time, Unix seconds. */
	now(): number;
}

const TAPS = { burst: 30, perSecond: 2 };
/** Of one pot to accounts at one address: a family behind one router, not a hundred accounts of one machine. */
const ENTRIES_PER_ADDRESS = { burst: 8, perSecond: 1 / 60 };
/** Each is a call that the operator pays. */
const MOST_ENTRIES = 5000;
const POT = '/live/:show{[0-9a-f]{16}}/pots/:pot{[0-9]{1,20}}';
const POTS = '/live/:show{[0-9a-f]{16}}/pots';

/** /live/<show>/pots/*: red packets and lucky draws; to be mounted at /api. */
export function playRoutes(context: PlayRoutesContext): Hono {
	const { db, reads, calls, now } = context;
	const mayTap = createRateLimiter(TAPS);
	const mayEnter = createRateLimiter(ENTRIES_PER_ADDRESS);
	const app = new Hono();
	const viewerOf = async (c: Context) => (await context.viewerOf(c.req.header('cookie') ?? null))?.address ?? null;
	const actor = async (c: Context): Promise<Address> => {
		const account = await viewerOf(c);
		if (account === null) throw new Refusal('Session_Required', 'unauthenticated');
		mayTap(account);
		return account;
	};
	const potOf = async (c: Context): Promise<PotRow> => {
		const pot = await findPot(db, c.req.param('pot') ?? '');
		if (pot === null || pot.show_id !== c.req.param('show')) throw new Refusal('Pots_UnknownPot', 'notFound');
		return pot;
	};
	const answer = async (c: Context, pot: PotRow, account: Address | null) => c.json(await reads.pot(pot.pot_id, account));

	app.get(POTS, async (c) => c.json(await reads.potsOf(c.req.param('show'), await viewerOf(c))));
	app.get(POT, async (c) => answer(c, await potOf(c), await viewerOf(c)));
	app.post(POTS, async (c) => {
		const [account, show] = [await actor(c), c.req.param('show')];
		if (!SHOW_ID.test(show)) throw new Refusal('Live_UnknownShow', 'notFound', { show });
		await requireHost(db, show, account);
		const { commitment, rule } = await parseBody(announcePot, c);
		const { rowCount } = await db.query(
			'insert into live.pot_rules (commitment, show_id, rule, by_account) values ($1, $2, $3, $4) on conflict (commitment) do nothing',
			[commitment, show, rule, account],
		);
		if (rowCount === 0) throw new Refusal('Pots_SecretUsed', 'conflict');
		return c.body(null, 204);
	});
	app.post(`${POT}/enter`, async (c) => {
		const account = await actor(c);
		const { commitment } = await parseBody(enterPot, c);
		const pot = await potOf(c);
		await requireMayEnter(db, pot, account, now());
		mayEnter(`${pot.pot_id} ${context.clientOf(c)}`);
		await calls.make(enterPotData(BigInt(pot.pot_id), account, pot.kind === 'draw' && pot.reveal_until > pot.entries_until ? commitment : null));
		// Somebody else was quicker.
		if (!(await hasEntered(db, pot, account))) throw new Refusal('Pots_Closed', 'conflict', { potId: pot.pot_id });
		return answer(c, pot, account);
	});
	app.post(`${POT}/reveal`, async (c) => {
		const [account, pot, { secret }] = [await actor(c), await potOf(c), await parseBody(showSecret, c)];
		const [entry] = await entriesOf(db, pot, account);
		if (!entry || entry.commitment !== potCommitmentOf(account, secret)) throw new Refusal('Pots_WrongSecret', 'invalid', { potId: pot.pot_id });
		if (!entry.revealed) {
			if (now() > pot.reveal_until) throw new Refusal('Pots_TooLate', 'conflict', { potId: pot.pot_id, until: String(pot.reveal_until) });
			if (now() <= pot.entries_until) throw new Refusal('Pots_TooEarly', 'conflict', { potId: pot.pot_id, from: String(pot.entries_until) });
			await calls.make(revealPotData(BigInt(pot.pot_id), account, secret));
		}
		return answer(c, pot, account);
	});
	app.post(`${POT}/decide`, async (c) => {
		const [account, pot, { secret }] = [await actor(c), await potOf(c), await parseBody(showSecret, c)];
		if (!isAddressEqual(pot.host, account) || pot.commitment !== potCommitmentOf(account, secret))
			throw new Refusal('Pots_WrongSecret', 'invalid', { potId: pot.pot_id });
		const waits = statusOf(pot, now()) === 'waiting';
		if (waits && pot.candidates === 0) await calls.makeAlone(keepPotData('close', BigInt(pot.pot_id)));
		else if (waits && pot.armed_block !== null) await calls.makeAlone(decidePotData(BigInt(pot.pot_id), secret));
		else if (pot.returned === null) throw new Refusal('Pots_TooEarly', 'conflict', { potId: pot.pot_id, from: String(pot.reveal_until) });
		return answer(c, pot, account);
	});
	return app;
}

async function requireMayEnter(db: Queryable, pot: PotRow, account: Address, now: number): Promise<void> {
	const potId = pot.pot_id;
	if (isAddressEqual(pot.host, account)) throw new Refusal('Pots_CannotEnter', 'forbidden', { potId, account });
	if (await hasEntered(db, pot, account)) throw new Refusal('Pots_AlreadyEntered', 'conflict', { potId, account });
	if (isFull(pot) || pot.entries >= MOST_ENTRIES || statusOf(pot, now) !== 'open') throw new Refusal('Pots_Closed', 'conflict', { potId });
	const { rows: banned } = await db.query('select 1 from live.silenced where show_id = $1 and account = $2 and until is null', [pot.show_id, account]);
	if (banned.length > 0) throw new Refusal('Live_Banned', 'forbidden');
	if (!(await fulfils(db, pot, pot.rule, account))) throw new Refusal(pot.rule === 'bought' ? 'Pots_BuyersOnly' : 'Pots_SpeakersOnly', 'forbidden', { potId });
}

const SPOKE = 'select 1 from live.lines where show_id = $1 and account = $2 limit 1';
/** What was called off or given back is not bought. */
const BOUGHT = `select 1 from live.sales s join "order".orders o using (order_id)
	where s.show_id = $1 and s.account = $2 and coalesce(o.buyer_amount, 0) = 0 limit 1`;

/** Whether the account did in the show what the host asks for. */
async function fulfils(db: Queryable, pot: PotRow, rule: EntryRule, account: Address): Promise<boolean> {
	if (rule === 'everyone') return true;
	const { rows } = await db.query(rule === 'bought' ? BOUGHT : SPOKE, [pot.show_id, account]);
	return rows.length > 0;
}

async function entriesOf(db: Queryable, pot: PotRow, account: Address): Promise<{ commitment: Hex | null; revealed: boolean }[]> {
	const { rows } = await db.query<{ commitment: Hex | null; revealed: boolean }>(
		'select commitment, revealed from live.pot_entries where pot_id = $1 and account = $2',
		[pot.pot_id, account],
	);
	return rows;
}

const hasEntered = async (db: Queryable, pot: PotRow, account: Address) => (await entriesOf(db, pot, account)).length > 0;
