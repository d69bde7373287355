import type { PushSubscriptionBody } from '@kaishi/protocol/live';
import { api } from '#platform/api/client.ts';
import { getLocale } from '#platform/i18n/index.ts';
import { base64UrlToBytes } from '#platform/wallet/bytes.ts';

/** Whether this browser could be told things while no page is open. */
const canPush = () => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

/**
 * Has the operator tell this browser when a show begins, also while no page is open; asks the person for permission once.
 * Resolves false where that is not possible or not wanted. Throws `Refusal`.
 */
export async function subscribeToPush(): Promise<boolean> {
	if (!canPush() || Notification.permission === 'denied') return false;
	if ((await Notification.requestPermission()) !== 'granted') return false;
	const [{ publicKey }, registration] = await Promise.all([api.get<{ publicKey: string }>('/api/live/push-key'), navigator.serviceWorker.ready]);
	const known = await registration.pushManager.getSubscription();
	const subscription = known ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: base64UrlToBytes(publicKey) }));
	const { endpoint, keys } = subscription.toJSON();
	if (!endpoint || !keys?.p256dh || !keys.auth) return false;
	const body: PushSubscriptionBody = { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, locale: getLocale() };
	await api.put('/api/push-subscriptions', body);
	return true;
}
