import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { api } from '#platform/api/client.ts';

const WIDEST = 1280;
const QUALITY = 0.86;
const SEEK_MS = 5000;

/** What the video shows now as a JPEG; null where it shows nothing. */
async function grabPicture(video: HTMLVideoElement): Promise<Blob | null> {
	const { videoWidth, videoHeight } = video;
	if (videoWidth === 0 || videoHeight === 0) return null;
	const scale = Math.min(1, WIDEST / videoWidth);
	const canvas = document.createElement('canvas');
	Object.assign(canvas, { width: Math.round(videoWidth * scale), height: Math.round(videoHeight * scale) });
	canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}

async function moveTo(video: HTMLVideoElement, atMs: number): Promise<void> {
	video.pause();
	const moved = new Promise<void>((resolve) => {
		video.addEventListener('seeked', () => resolve(), { once: true });
		setTimeout(resolve, SEEK_MS);
	});
	video.currentTime = atMs / 1000;
	await moved;
}

/**
 * Keeps a picture of the video with this operator: nobody but a browser that plays it can read it.
 * @param atMs place in the recording; null: what is shown now
 * @returns its manifest's CID; null where there is no picture, or it could not be kept
 */
export async function keepPicture(video: HTMLVideoElement | null, atMs: number | null): Promise<string | null> {
	if (!video) return null;
	if (atMs !== null) await moveTo(video, atMs);
	try {
		const picture = await grabPicture(video);
		return picture && (await api.upload<UploadedMedia>('/api/media', picture)).media.cid;
	} catch {
		// A clip without a picture of its own shows the show's.
		return null;
	}
}
