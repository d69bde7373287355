import { Refusal, type RefusalBody } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';

/**
 * Sends one file and tells how far it is, 0–1; `fetch` cannot. Throws `Refusal`: the server's own, or `Network_Lost`.
 */
function send<T>(method: 'POST' | 'PUT', path: string, file: Blob, onprogress: (share: number) => void): Promise<T> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open(method, path);
		request.responseType = 'json';
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('content-type', file.type || 'application/octet-stream');
		request.upload.onprogress = (event) => {
			if (event.lengthComputable) onprogress(event.loaded / event.total);
		};
		request.onerror = () => reject(new Refusal('Network_Lost', 'unavailable'));
		request.onabort = request.onerror;
		request.onload = () => {
			if (request.status >= 200 && request.status < 300) return resolve(request.response as T);
			const error = (request.response as RefusalBody | null)?.error;
			reject(
				error?.code
					? new Refusal(error.code, error.kind, error.details ?? {})
					: new Refusal(request.status >= 500 ? 'Server_Failed' : 'Server_Refused', 'unavailable'),
			);
		};
		request.send(file);
	});
}

export function uploadPicture(file: Blob, onprogress: (share: number) => void): Promise<UploadedMedia> {
	return send('POST', '/api/media', file, onprogress);
}

/** The file that buyers of a digital listing may fetch. */
export function uploadDownload(listingId: string, file: File, onprogress: (share: number) => void): Promise<unknown> {
	return send('PUT', `/api/listings/${listingId}/download?name=${encodeURIComponent(file.name)}`, file, onprogress);
}
