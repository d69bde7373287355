import type { EngineName, PlayKind, PlayTicket, PublishDoor, PublishTicket, StreamHealth } from '@kaishi/protocol/live';
import type { PictureStep } from '../stage/messages.ts';
import type { StreamEvent } from './stream-source.ts';

export interface EngineShow {
	showId: string;
	/** Account in lower case. */
	host: string;
	record: boolean;
	/** Of the stream key; counts up. */
	keyGeneration: number;
	/** It was published before, in a process that is gone: the host is awaited, not for ever. */
	isUnderWay?: boolean;
	/** It has not begun: the host may send, nobody sees it and nothing is recorded. */
	isEarly?: boolean;
	isPaused?: boolean;
}

export interface Capabilities {
	doors: readonly PublishDoor[];
	plays: readonly PlayKind[];
	/** The host may send several renditions. */
	renditions: boolean;
	/** Several people may send at once. */
	coHosts: boolean;
	/** What is sent is kept for a replay. */
	recorded: boolean;
	/** Null: not bounded by the engine. */
	maxViewersPerShow: number | null;
}

/**
 * What carries the picture. Chat, pins, orders and counts never pass here. Events come at least once: whoever listens takes the same one
 * twice as once.
 */
export interface LiveEngine {
	readonly name: EngineName;
	capabilities(): Capabilities;
	/** Makes a show ready to be published; the same again changes nothing, a new key generation throws out whoever used the old one. */
	open(show: EngineShow): Promise<void>;
	/** Refuses `Live_UnknownDoor` for a door it does not have. */
	publishTicket(showId: string, account: string, door: PublishDoor): Promise<PublishTicket>;
	/** Sources in the order to try. `viewer`: an account or an address. */
	playTicket(showId: string, viewer: string): Promise<PlayTicket>;
	/** The show begins, pauses or goes on. */
	step(showId: string, step: PictureStep): Promise<void>;
	/** Ends what an account publishes. */
	kick(showId: string, account: string): Promise<void>;
	close(showId: string, reason: 'host' | 'closed'): Promise<void>;
	/** Null: no such show is open. */
	health(showId: string): Promise<StreamHealth | null>;
	onEvent(listener: (showId: string, event: StreamEvent) => void): () => void;
	/** Every few seconds: ends what those publish who may no longer, for engines whose sockets are not ours. */
	recheck?(mayPublish: (showId: string, account: string) => Promise<boolean>): Promise<void>;
	/** For engines that call back over HTTP; refuses what is not signed. */
	webhook?(body: string, authorization: string | undefined): Promise<void>;
}
