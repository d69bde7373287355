import { Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';

/** Relayed intents wait for a block and its projection; nothing honest takes longer. */
const TIMEOUT_MS = 30_000;

/** A request to this operator. Throws `Refusal`: the server's own, or `Network_Lost` when no answer came. */
async function request<T>(method: string, path: string, body?: BodyInit, contentType?: string): Promise<T> {
	let response: Response;
	try {
		response = await fetch(path, {
			method,
			body,
			headers: { accept: 'application/json', ...(contentType ? { 'content-type': contentType } : {}) },
			credentials: 'same-origin',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
	} catch (cause) {
		throw new Refusal('Network_Lost', 'unavailable', {}, { cause });
	}
	const answer: unknown = await response.json().catch(() => null);
	if (response.ok) return answer as T;
	const error = (answer as RefusalBody | null)?.error;
	if (error?.code) throw new Refusal(error.code, error.kind, error.details ?? {});
	throw new Refusal(response.status >= 500 ? 'Server_Failed' : 'Server_Refused', 'unavailable', { status: String(response.status) });
}

/** The operator's JSON API, same origin. Every method throws `Refusal`. */
export const api = {
	get: <T>(path: string) => request<T>('GET', path),
	post: <T = unknown>(path: string, body: unknown = {}) => request<T>('POST', path, JSON.stringify(body), 'application/json'),
	put: <T = unknown>(path: string, body: unknown = {}) => request<T>('PUT', path, JSON.stringify(body), 'application/json'),
	patch: <T = unknown>(path: string, body: unknown = {}) => request<T>('PATCH', path, JSON.stringify(body), 'application/json'),
	delete: <T = unknown>(path: string) => request<T>('DELETE', path),
	/** Sends a file as it is; the server finds out by itself what it is. */
	upload: <T>(path: string, file: Blob) => request<T>('POST', path, file, file.type || 'application/octet-stream'),
};

/** Whether no answer came, so that nobody knows whether the request was carried out. */
export const isNetworkLost = (error: unknown): boolean => error instanceof Refusal && (error.code === 'Network_Lost' || error.code === 'Server_Failed');
