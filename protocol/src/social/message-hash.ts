import { type Hex, keccak256 } from 'viem';
import { toCanonicalBytes } from '../platform/canonical-json.ts';
import type { MessageCard, MessageView } from './messages.ts';

export interface HashedMessage extends Pick<MessageView, 'seq' | 'id' | 'previous' | 'side' | 'author' | 'at' | 'text' | 'card'> {
	conversation: string;
	/** Manifest CID. */
	picture: string | null;
}

/**
 * keccak256 of the message's canonical JSON, the hash of the one before it included: who holds one hash can prove every
 * word up to there, and its place. The sender's 256 random bits keep short messages from being guessed by their hash.
 */
export function messageHashOf({ conversation, seq, id, previous, side, author, at, text, picture, card }: HashedMessage): Hex {
	const named: MessageCard | null = card && { kind: card.kind, id: card.id as Hex };
	return keccak256(toCanonicalBytes({ conversation, seq, id, previous, side, author: author.toLowerCase(), at, text, picture, card: named }));
}
