/// <reference lib="webworker" />
import { contentIdOfDigest } from '@kaishi/protocol/platform/content-id';
import { immutable } from '$app/manifest';
import { self } from '$app/service-worker';

const VERSION_LENGTH = 40;
/** Built files have their hash in their name: a new build is a new set of names. */
const SHELL = `shell-${immutable.map((file) => file.path).join('').length}-${immutable.at(-1)?.path.slice(-VERSION_LENGTH) ?? 'development'}`;
const PICTURES = 'pictures';
const OFFLINE = '/offline';
const MAX_PICTURES = 300;

self.addEventListener('install', (event) => {
	event.waitUntil(
		caches
			.open(SHELL)
			.then((cache) => cache.add(new Request(OFFLINE, { cache: 'reload' })))
			.then(() => self.skipWaiting()),
	);
});

self.addEventListener('activate', (event) => {
	event.waitUntil(
		caches
			.keys()
			.then((names) => Promise.all(names.filter((name) => name !== SHELL && name !== PICTURES).map((name) => caches.delete(name))))
			.then(() => self.clients.claim()),
	);
});

self.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
	const cid = /^\/media\/(bafkrei[a-z2-7]{52})$/.exec(url.pathname)?.[1];
	if (cid) event.respondWith(checkedMedia(event.request, cid));
	else if (event.request.mode === 'navigate') event.respondWith(pageOrOffline(event.request));
});

/**
 * A picture is shown only if its bytes hash to its name; anything else is refused, whoever sent it.
 * What was checked once is kept: a name never changes its bytes.
 */
async function checkedMedia(request: Request, cid: string): Promise<Response> {
	const cache = await caches.open(PICTURES);
	const kept = await cache.match(request.url);
	if (kept) return kept;
	const response = await fetch(request);
	if (response.status !== 200) return response;
	const bytes = await response.arrayBuffer();
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	if (contentIdOfDigest(new Uint8Array(digest)) !== cid)
		return new Response('The content does not match its name.', { status: 502, headers: { 'x-content-mismatch': cid } });
	const checked = new Response(bytes, { status: 200, headers: response.headers });
	await cache.put(request.url, checked.clone()).catch(() => undefined);
	void trim(cache);
	return checked;
}

async function trim(cache: Cache) {
	const keys = await cache.keys();
	await Promise.all(keys.slice(0, Math.max(0, keys.length - MAX_PICTURES)).map((key) => cache.delete(key)));
}

async function pageOrOffline(request: Request): Promise<Response> {
	try {
		return await fetch(request);
	} catch (error) {
		const offline = await caches.match(OFFLINE);
		if (offline) return offline;
		throw error;
	}
}

/** What the operator's reminders say, see the server's social/notifications. Nothing in it is trusted: it only leads to a page here. */
interface Reminder {
	title?: unknown;
	body?: unknown;
	url?: unknown;
	tag?: unknown;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');

self.addEventListener('push', (event) => {
	let reminder: Reminder = {};
	try {
		reminder = (event.data?.json() ?? {}) as Reminder;
	} catch {
		// A browser that was woken must show something, or it stops being woken.
	}
	const { title, body, url, tag } = reminder;
	event.waitUntil(
		self.registration.showNotification(textOf(title) || 'Kaishi', {
			body: textOf(body),
			...(textOf(tag) && { tag: textOf(tag) }),
			icon: '/icon-192.png',
			badge: '/icon-192.png',
			data: { url: textOf(url) },
		}),
	);
});

self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	const { url } = event.notification.data as { url?: string };
	event.waitUntil(show(new URL(/^\/(?!\/)/.test(url ?? '') ? (url as string) : '/live', self.location.origin)));
});

/** Brings the page forward where it is open already, else opens it. */
async function show(url: URL): Promise<void> {
	const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	const open = windows.find((client) => new URL(client.url).pathname === url.pathname);
	if (open) await open.focus();
	else await self.clients.openWindow(url.href);
}
