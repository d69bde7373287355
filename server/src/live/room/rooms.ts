import type { RoomEvent } from '@kaishi/protocol/live';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { createAllowance } from '../../platform/limits/rate-limit.ts';
import type { LiveDoor } from '../live-over.ts';
import { Hall, type RoomsContext } from './hall.ts';
import { acceptInvitation, declineInvitation } from './invitations.ts';
import { moderate } from './moderation.ts';
import type { ShowNews } from './picture.ts';
import { sell } from './sales.ts';
import { changeShow, createShow, putBag, putModerators, putPin, putRules, stepShow } from './shows.ts';

export type { RoomsContext } from './hall.ts';
export type { ShowNews } from './picture.ts';

export interface Rooms {
	door: LiveDoor;
	/** Told by the picture's side. */
	note(showId: string, news: ShowNews): Promise<void>;
	/** What the indexer has just written. */
	hear(messages: readonly ServerMessage[]): void;
	close(): Promise<void>;
}

/** The rooms of all shows: one process holds their truth, the stage holds their sockets. */
export async function openRooms(context: RoomsContext): Promise<Rooms> {
	const hall = new Hall(context);
	return { door: doorOf(context, hall), note: (id, news) => hall.note(id, news), hear: (messages) => hall.stock.hear(messages), close: () => hall.close() };
}

/** What people did, of one room: a tip of one unit is told, a crowd of them is not. */
const NOTICES = { burst: 10, perSecond: 2 };

function doorOf(context: RoomsContext, hall: Hall): LiveDoor {
	const notices = createAllowance(NOTICES);
	const isHeard = (id: string) => {
		try {
			notices.require(id);
		} catch {
			return false;
		}
		notices.spend(id, 1);
		return true;
	};
	const tell = (id: string, events: readonly RoomEvent[]) =>
		hall.say(
			id,
			events.filter(({ kind }) => kind !== 'notice' || isHeard(id)),
		);
	return {
		async schedule(id, by, show) {
			await createShow(context, id, by, show);
			hall.announce(id);
		},
		async change(id, by, change) {
			await changeShow(context, id, by, change);
			await hall.tellState(id);
			if (change.coHosts || change.host) await hall.tellEveryone(id);
		},
		async answer(id, by, takesPart) {
			await (takesPart ? acceptInvitation : declineInvitation)(context, id, by);
			await hall.tellState(id);
			await hall.tellEveryone(id);
		},
		async step(id, by, step) {
			if (!(await stepShow(context, id, by, step))) return;
			await hall.tellState(id);
		},
		async bag(id, by, listingIds) {
			await putBag(context, id, by, listingIds);
			await hall.tellBag(id);
		},
		async pin(id, by, pin) {
			await putPin(context, id, by, pin);
			await hall.tellPin(id);
		},
		async rules(id, by, rules) {
			await putRules(context, id, by, rules);
			await hall.tellRules(id);
		},
		async moderators(id, by, accounts) {
			await putModerators(context, id, by, accounts);
			await hall.tellEveryone(id);
		},
		async moderate(id, by, body) {
			const events = await moderate(context, id, by, body);
			await hall.moderated(id, events, 'account' in body ? body.account : null, body.act === 'ban');
		},
		async sell(id, by, sale) {
			const notice = await sell(context, id, by, sale);
			if (notice) tell(id, [{ kind: 'notice', notice }]);
		},
		tell: async (id, events) => tell(id, events),
	};
}
