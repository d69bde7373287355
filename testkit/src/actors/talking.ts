import { Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import type { ConversationPage, MessageView, PostMessage } from '@kaishi/protocol/social';
import type { Address } from 'viem';
import type { Actor } from './actor.ts';
import { randomSalt } from './software-authenticator.ts';

/** Opens or finds a conversation with a shop; with `buyer` from the shop's side. The actor must be signed in. */
export async function openConversation(actor: Actor, shopId: bigint, buyer?: Address): Promise<ConversationPage['conversation']> {
	const page = await actor.client.post<ConversationPage>('/api/conversations', { shopId: shopId.toString(), ...(buyer ? { buyer } : {}) });
	return page.conversation;
}

/** Sends a message into a conversation. Throws `Refusal`. */
export function say(actor: Actor, conversation: string, message: string | Partial<PostMessage>): Promise<MessageView> {
	const content = typeof message === 'string' ? { text: message } : message;
	return actor.client.post<MessageView>(`/api/conversations/${conversation}/messages`, { id: randomSalt(), locale: 'en', ...content });
}

/** What the actor sees of a conversation. Throws `Refusal`. */
export function listen(actor: Actor, conversation: string, query = ''): Promise<ConversationPage> {
	return actor.client.get<ConversationPage>(`/api/conversations/${conversation}${query}`);
}

/** Uploads a picture into a conversation. Throws `Refusal`. */
export async function uploadPrivatePicture(actor: Actor, conversation: string, bytes: Uint8Array): Promise<UploadedMedia['media']> {
	const response = await actor.client.fetch(`/api/conversations/${conversation}/pictures`, { method: 'POST', body: new Uint8Array(bytes) });
	const answer = (await response.json()) as UploadedMedia & RefusalBody;
	if (!response.ok) throw new Refusal(answer.error.code, answer.error.kind, answer.error.details);
	return answer.media;
}
