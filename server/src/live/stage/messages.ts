import type { StreamHealth } from '@kaishi/protocol/live';
import type { StreamEvent } from '../media/stream-source.ts';
import type { WhipOptions } from '../media/whip/whip-door.ts';
import type { RoomCommand, RoomReport } from './room-messages.ts';

/** A show as the stage has to know it. */
export interface StageShow {
	showId: string;
	/** Where its recording goes; null: not recorded. */
	recordingDirectory: string | null;
	/** Of the recording, at most. */
	recordingBytes: number;
	/** What an encoder shows at the RTMP door; null: that door is shut. */
	streamKey: string | null;
	/** Whose picture comes through the RTMP door; lower case. */
	host: string;
	patienceMs: number;
	/** It was published before, in a process that is gone. */
	isUnderWay: boolean;
	/** Not begun: what is sent is neither seen nor recorded. */
	isEarly: boolean;
	isPaused: boolean;
}

/** What the host does with the show, as its picture follows. */
export type PictureStep = 'begin' | 'pause' | 'resume';

export type SocketKind = 'publish' | 'watch' | 'room';

/** A socket that asked for an upgrade, handed over together with the message. */
export interface Adoption {
	kind: SocketKind;
	showId: string;
	/** Names the socket from now on; given by the market's process. */
	connection: number;
	/** Lower case; null for strangers. */
	account: string | null;
	/** Of whoever is behind it, as limits count. */
	address: string;
	/** With its query. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	head: Uint8Array;
}

export interface StageOptions {
	/** The RTMP door; null: none. */
	rtmp: { host: string; port: number } | null;
	/** The door for WebRTC; absent: none. */
	whip?: WhipOptions | null;
}

/** From the market's process to the stage. */
export type ToStage =
	| { type: 'begin'; options: StageOptions }
	/** Also for what changed. */
	| { type: 'open'; show: StageShow }
	| { type: 'close'; showId: string; reason: 'host' | 'closed' }
	| { type: 'step'; showId: string; step: PictureStep }
	/** Ends what an account publishes. */
	| { type: 'unpublish'; showId: string; account: string }
	| { type: 'adopt'; adoption: Adoption }
	| { type: 'health'; id: number; showId: string }
	| { type: 'room'; command: RoomCommand };

/** From the stage to the market's process. */
export type FromStage =
	/** It listens: playlists and their parts at this socket, RTMP at this port. */
	| { type: 'ready'; socketPath: string; rtmpPort: number | null }
	/** A socket that was handed over is closed. */
	| { type: 'gone'; connection: number }
	| { type: 'media'; showId: string; event: StreamEvent }
	| { type: 'health'; id: number; health: StreamHealth | null }
	| { type: 'room'; report: RoomReport }
	/** Something failed that nobody outside is told of. */
	| { type: 'failure'; message: string };
