import type { RoomEvent, RoomRequest } from '@kaishi/protocol/live';
import type { Address } from 'viem';

/** What the market's process tells the stage of its rooms. */
export type RoomCommand =
	/** To everybody in the room; `urgent` leaves at once, the rest with the next batch. */
	| { type: 'say'; showId: string; events: RoomEvent[]; urgent: boolean }
	/** To one socket. The first makes it one of the room: it hears whatever is said afterwards. */
	| { type: 'tell'; connection: number; events: RoomEvent[] }
	/** Closes every socket of an account in a room. */
	| { type: 'kick'; showId: string; account: Address }
	/** Closes the room: the show is over. */
	| { type: 'empty'; showId: string };

/** Accounts in lower case; null for who is not signed in. */
export type RoomReport =
	/** `visitor`: what counts as one person: the account, else what the browser calls itself, else the socket. */
	| { type: 'joined'; showId: string; connection: number; account: string | null; address: string; visitor: string }
	| { type: 'left'; showId: string; connection: number; account: string | null; stayedMs: number }
	| { type: 'spoke'; showId: string; connection: number; account: string | null; address: string; request: RoomRequest }
	/** The stage died with all its sockets; those that come back join anew. */
	| { type: 'lost' }
	/** Once a second per room in which something was counted. */
	| { type: 'counted'; showId: string; viewers: number; likes: number };

/** The stage as rooms see it. */
export interface RoomStage {
	send(command: RoomCommand): void;
	onReport(listener: (report: RoomReport) => void): () => void;
}
