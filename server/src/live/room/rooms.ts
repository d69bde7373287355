import type { LiveDoor } from '../live-over.ts';
import { changeShow, createShow, putBag, putModerators, putPin, putRules, type ShowsContext, stepShow } from './shows.ts';

export interface Rooms {
	door: LiveDoor;
	close(): Promise<void>;
}

/** The rooms of all shows on air: one process holds their truth. */
export async function openRooms(context: ShowsContext): Promise<Rooms> {
	const door: LiveDoor = {
		schedule: (id, by, show) => createShow(context, id, by, show),
		change: (id, by, change) => changeShow(context, id, by, change),
		async step(id, by, step) {
			await stepShow(context, id, by, step);
		},
		bag: (id, by, listingIds) => putBag(context, id, by, listingIds),
		pin: (id, by, pin) => putPin(context, id, by, pin),
		rules: (id, by, rules) => putRules(context, id, by, rules),
		moderators: (id, by, accounts) => putModerators(context, id, by, accounts),
		tell: async () => undefined,
	};
	return { door, close: async () => undefined };
}
