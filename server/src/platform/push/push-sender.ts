import { encryptPush, type PushKeys } from './encrypt.ts';
import type { Vapid } from './vapid.ts';

export interface PushTarget extends PushKeys {
	endpoint: string;
}

export interface PushMessage {
	/** What the page's worker gets, as JSON. */
	body: unknown;
	/** Replaces an earlier one of the same topic that was not delivered yet: at most 32 of `A-Za-z0-9_-`. */
	topic: string;
	/** How long a push service may keep it for a browser that is off. */
	seconds: number;
}

/** `gone`: nobody is there any more; forget the subscription. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

export interface PushSender {
	publicKey: string;
	send(target: PushTarget, message: PushMessage): Promise<PushOutcome>;
}

const PATIENCE_MS = 10_000;
/** A browser's subscription names a server that we are to call: only those of browsers' makers. */
const SERVICES = /(^|\.)(fcm\.googleapis\.com|push\.services\.mozilla\.com|push\.apple\.com|notify\.windows\.com)$/;

export function isPushService(endpoint: string): boolean {
	if (!URL.canParse(endpoint)) return false;
	const { protocol, hostname, port, username } = new URL(endpoint);
	return protocol === 'https:' && port === '' && username === '' && SERVICES.test(hostname);
}

export interface PushSenderOptions {
	vapid: Vapid;
	/** Milliseconds. */
	clock?: () => number;
	/** Who may be called; tests run a push service of their own. */
	mayCall?: (endpoint: string) => boolean;
}

/** Null where the keys are none: nobody will ever read there. */
function seal(body: unknown, keys: PushKeys): Buffer | null {
	const plain = Buffer.from(JSON.stringify(body));
	try {
		return encryptPush(plain, keys);
	} catch {
		return null;
	}
}

/** Messages to browsers whose pages are closed. */
export function createPushSender({ vapid, clock = Date.now, mayCall = isPushService }: PushSenderOptions): PushSender {
	return {
		publicKey: vapid.publicKey,
		async send({ endpoint, ...keys }, { body, topic, seconds }) {
			if (!mayCall(endpoint)) return 'gone';
			const sealed = seal(body, keys);
			if (!sealed) return 'gone';
			try {
				const response = await fetch(endpoint, {
					method: 'POST',
					redirect: 'error',
					signal: AbortSignal.timeout(PATIENCE_MS),
					headers: {
						authorization: vapid.authorize(endpoint, Math.floor(clock() / 1000)),
						'content-encoding': 'aes128gcm',
						'content-type': 'application/octet-stream',
						ttl: String(seconds),
						topic,
						urgency: 'high',
					},
					body: new Uint8Array(sealed),
				});
				await response.body?.cancel();
				if (response.ok) return 'sent';
				return response.status === 404 || response.status === 410 || response.status === 403 ? 'gone' : 'failed';
			} catch {
				return 'failed';
			}
		},
	};
}
