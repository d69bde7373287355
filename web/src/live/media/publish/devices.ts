/** A camera or microphone as this browser names it. */
export interface Device {
	id: string;
	label: string;
}

export interface Devices {
	cameras: Device[];
	microphones: Device[];
}

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } } as const;
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

/** Names are empty until the person has allowed one of them. */
export async function listDevices(): Promise<Devices> {
	const all = await navigator.mediaDevices.enumerateDevices();
	const ofKind = (kind: MediaDeviceKind) =>
		all.filter((device) => device.kind === kind && device.deviceId !== 'default').map(({ deviceId, label }) => ({ id: deviceId, label }));
	return { cameras: ofKind('videoinput'), microphones: ofKind('audioinput') };
}

/** @param facing of phones: the back camera shows goods, the front one shows the host. Throws the browser's own refusal. */
export async function openCamera(id: string | null, facing: 'user' | 'environment'): Promise<MediaStreamTrack> {
	const which = id ? { deviceId: { exact: id } } : { facingMode: { ideal: facing } };
	const stream = await navigator.mediaDevices.getUserMedia({ video: { ...PICTURE, ...which } });
	return stream.getVideoTracks()[0] as MediaStreamTrack;
}

export async function openMicrophone(id: string | null): Promise<MediaStreamTrack> {
	const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...SOUND, ...(id && { deviceId: { exact: id } }) } });
	return stream.getAudioTracks()[0] as MediaStreamTrack;
}

/** The screen's picture, and its sound where the person shares it. */
export async function openScreen(): Promise<{ picture: MediaStreamTrack; sound: MediaStreamTrack | null }> {
	const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30, max: 30 } }, audio: true });
	const picture = stream.getVideoTracks()[0] as MediaStreamTrack;
	picture.contentHint = 'detail';
	return { picture, sound: stream.getAudioTracks()[0] ?? null };
}

export const canShareScreen = (): boolean => typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** Whether this browser can encode a show at all; OBS is the way for the others. */
export const canPublish = (): boolean =>
	typeof VideoEncoder !== 'undefined' && typeof AudioEncoder !== 'undefined' && typeof AudioWorkletNode !== 'undefined' && Boolean(navigator.mediaDevices);

/**
 * Whether this document may ask for a camera. A page reached by a link keeps the policy of the page that was loaded first, so
 * the console has to be loaded by itself.
 */
export function isCameraForbidden(): boolean {
	const { featurePolicy } = document as { featurePolicy?: { allowsFeature(feature: string): boolean } };
	return featurePolicy ? !featurePolicy.allowsFeature('camera') : false;
}
