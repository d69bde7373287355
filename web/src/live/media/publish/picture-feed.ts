import type { CastOrder } from './messages.ts';

type Tell = (order: CastOrder, transfer?: Transferable[]) => void;

/** Browsers without any processor of tracks show the picture to a video element and take every frame it shows. */
function feedSingly(track: MediaStreamTrack, tell: Tell): () => void {
	const video = document.createElement('video');
	video.muted = true;
	video.playsInline = true;
	video.srcObject = new MediaStream([track]);
	let running = true;
	const take: VideoFrameRequestCallback = (_now, { mediaTime }) => {
		if (!running) return;
		const frame = new VideoFrame(video, { timestamp: Math.round(mediaTime * 1e6) });
		tell({ do: 'frame', frame }, [frame]);
		video.requestVideoFrameCallback(take);
	};
	video.requestVideoFrameCallback(take);
	void video.play();
	return () => {
		running = false;
		video.srcObject = null;
	};
}

/** Lets the frames of `track` flow to the worker by the best way this browser has. @returns how to stop. */
export function feedPicture(track: MediaStreamTrack, tell: Tell): () => void {
	const framesPerSecond = Math.round(track.getSettings().frameRate ?? 30) || 30;
	if (typeof MediaStreamTrackProcessor !== 'undefined') {
		const frames = new MediaStreamTrackProcessor({ track }).readable;
		tell({ do: 'picture', source: { kind: 'stream', frames }, framesPerSecond }, [frames]);
		return () => undefined;
	}
	const copy = track.clone();
	try {
		tell({ do: 'picture', source: { kind: 'track', track: copy }, framesPerSecond }, [copy as unknown as Transferable]);
		return () => undefined;
	} catch {
		tell({ do: 'picture', source: { kind: 'single' }, framesPerSecond });
		const stop = feedSingly(copy, tell);
		return () => {
			stop();
			copy.stop();
		};
	}
}
