import type { ChangeShow, ModerationBody, PutPin, PutRules, RoomEvent, SaleBody, ShowStep } from '@kaishi/protocol/live';
import type { Address } from 'viem';
import type { Created } from './room/shows.ts';

/** What is asked of rooms, here or on the server that leads: one process holds a room's truth. */
export interface LiveDoor {
	/** `id`: 16 hex digits of the caller's. */
	schedule(id: string, by: Address, show: Created): Promise<void>;
	change(id: string, by: Address, change: ChangeShow): Promise<void>;
	/** A co-host says yes, or no. */
	answer(id: string, by: Address, takesPart: boolean): Promise<void>;
	step(id: string, by: Address, step: ShowStep): Promise<void>;
	bag(id: string, by: Address, listingIds: string[]): Promise<void>;
	pin(id: string, by: Address, pin: Required<PutPin>): Promise<void>;
	rules(id: string, by: Address, rules: PutRules): Promise<void>;
	moderators(id: string, by: Address, accounts: Address[]): Promise<void>;
	moderate(id: string, by: Address, body: ModerationBody): Promise<void>;
	/** An order of `by` came from the show. */
	sell(id: string, by: Address, sale: SaleBody): Promise<void>;
	/** To everybody in a room, in order; urgent ones at once. */
	tell(id: string, events: RoomEvent[]): Promise<void>;
}

const PREFIX = 'live.';
const names = [
	'schedule',
	'change',
	'answer',
	'step',
	'bag',
	'pin',
	'rules',
	'moderators',
	'moderate',
	'sell',
	'tell',
] as const satisfies readonly (keyof LiveDoor)[];

/** The door as the leader offers it to other servers. */
export function liveMethods(door: LiveDoor): Record<string, (...args: never[]) => Promise<unknown>> {
	return Object.fromEntries(names.map((name) => [PREFIX + name, (...args: never[]) => (door[name] as (...args: never[]) => Promise<unknown>)(...args)]));
}

/** The rooms of whoever leads. */
export function liveOver(call: (method: string, args: readonly unknown[]) => Promise<unknown>): LiveDoor {
	return Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => call(PREFIX + name, args)])) as unknown as LiveDoor;
}
