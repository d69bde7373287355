import { type Badge, type ChatLine, type Hello, LINES_ON_JOIN, type RoomEvent, type RoomRules, type ShowState, type You } from '@kaishi/protocol/live';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import { hasOrderBetween } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { mayAct } from '../../shop/public.ts';
import { hasAccepted } from './access.ts';
import { isKept, type KeptNames, keptNamesOf } from './kept-names.ts';
import { findLine, findShow, linesOf, pinsOf, type ShowRow, silencedIn } from './query.ts';
import { RoomCounts } from './room-counts.ts';
import { toPinView, toState } from './views.ts';

export interface RoomMember {
	connection: number;
	account: Address | null;
	address: string;
}

const ROLE_MS = 10_000;
const STANDING_MS = 100;

/** How a room stands for everybody alike. */
type Standing = Pick<Hello, 'lines' | 'pin' | 'answer'>;

/** What one process knows of a show while people are in its room. */
export class Room {
	readonly id: string;
	readonly counts: RoomCounts;
	readonly members = new Map<number, RoomMember>();
	/** When each account spoke last, milliseconds. */
	readonly spokeAt = new Map<Address, number>();
	readonly #db: Queryable;
	#show: ShowRow;
	#silenced = new Map<Address, number | null>();
	#keptNames: { at: number; names: Promise<KeptNames> } | null = null;
	#roles = new Map<Address, { at: number; badge: Promise<Badge | null> }>();
	#buyers = new Map<Address, boolean>();
	#standing: { at: number; read: Promise<Standing> } | null = null;

	private constructor(db: Queryable, show: ShowRow, counts: RoomCounts) {
		this.id = show.show_id;
		this.#db = db;
		this.#show = show;
		this.counts = counts;
	}

	static async open(db: Queryable, id: string, clock: () => number): Promise<Room | null> {
		const show = await findShow(db, id);
		if (!show) return null;
		const room = new Room(db, show, await RoomCounts.open(db, id, clock));
		await room.refresh();
		return room;
	}

	get show(): ShowRow {
		return this.#show;
	}
	get rules(): RoomRules {
		return this.#show.rules;
	}
	get state(): ShowState {
		return toState(this.#show);
	}

	/** Reads again what tables say of the show. */
	async refresh(): Promise<void> {
		const [show, silenced] = await Promise.all([findShow(this.#db, this.id), silencedIn(this.#db, this.id)]);
		if (show) this.#show = show;
		this.#silenced = new Map(silenced.map(({ account, until }) => [account, until]));
		this.#roles.clear();
		this.#keptNames = null;
	}

	isBanned(account: Address): boolean {
		return this.#silenced.get(account) === null;
	}

	/** Milliseconds; null: not muted. */
	mutedUntil(account: Address, now: number): number | null {
		const until = this.#silenced.get(account);
		return until && until > now ? until : null;
	}

	/** What somebody is to the show, beyond a guest. */
	badgeOf(account: Address): Promise<Badge | null> {
		const now = performance.now();
		const known = this.#roles.get(account);
		if (known && now - known.at < ROLE_MS) return known.badge;
		const badge = this.#findBadge(account);
		this.#roles.set(account, { at: now, badge });
		badge.catch(() => this.#roles.delete(account));
		return badge;
	}

	async #findBadge(account: Address): Promise<Badge | null> {
		const { host, moderators, shop_id } = this.#show;
		if (hasAccepted(this.#show, account)) return 'host';
		const works = await mayAct(this.#db, shop_id, account, shopRoles.live);
		if (works && isAddressEqual(host, account)) return 'host';
		if (works) return 'seller';
		return moderators.some((one) => isAddressEqual(one, account)) ? 'moderator' : null;
	}

	/** Whether a guest calls itself as the shop or its hosts do. */
	async isKeptName(name: string): Promise<boolean> {
		const now = performance.now();
		if (this.#keptNames === null || now - this.#keptNames.at > ROLE_MS) {
			this.#keptNames = { at: now, names: keptNamesOf(this.#db, this.#show) };
			this.#keptNames.names.catch(() => (this.#keptNames = null));
		}
		return isKept(await this.#keptNames.names, name);
	}

	async hasBought(account: Address): Promise<boolean> {
		if (this.#buyers.get(account)) return true;
		const bought = await hasOrderBetween(this.#db, this.#show.shop_id, account);
		this.#buyers.set(account, bought);
		return bought;
	}

	async you(account: Address | null, now: number): Promise<You> {
		if (account === null) return { account, moderator: false, banned: false, mutedUntil: null };
		return { account, moderator: (await this.badgeOf(account)) !== null, banned: this.isBanned(account), mutedUntil: this.mutedUntil(account, now) };
	}

	/** Something was said or done: whoever comes from now on is told of it on coming in. */
	changed(): void {
		this.#standing = null;
	}

	async hello(member: RoomMember, now: number): Promise<Hello> {
		const [standing, you] = await Promise.all([this.#stands(), this.you(member.account, now)]);
		const { viewers, likes } = this.counts;
		return { kind: 'hello', connection: member.connection, show: this.state, ...standing, viewers, likes, rules: this.rules, you };
	}

	/** Read once for all who come within a moment. */
	#stands(): Promise<Standing> {
		const at = performance.now();
		if (this.#standing && at - this.#standing.at < STANDING_MS) return this.#standing.read;
		const read = this.#readStanding();
		this.#standing = { at, read };
		read.catch(() => this.changed());
		return read;
	}

	async #readStanding(): Promise<Standing> {
		const [lines, pins, answer] = await Promise.all([linesOf(this.#db, this.id, null, LINES_ON_JOIN), pinsOf(this.#db, this.id), this.answer()]);
		const pin = pins.find(({ until }) => until === null);
		return { lines, pin: pin ? toPinView(pin) : null, answer };
	}

	/** The line above the chat. */
	async answer(): Promise<ChatLine | null> {
		const line = this.#show.answer === null ? null : await findLine(this.#db, this.id, this.#show.answer);
		if (!line || line.hidden) return null;
		const { hidden: _, ...shown } = line;
		return shown;
	}

	connectionsOf(account: Address): number[] {
		return [...this.members.values()].filter((member) => member.account === account).map((member) => member.connection);
	}
}

export type Say = (showId: string, events: RoomEvent[]) => void;
