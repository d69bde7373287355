import { type Devices, listDevices, openCamera, openMicrophone, openScreen } from './devices.ts';
import type { CastHealth, CastNews, CastOrder, LinkState } from './messages.ts';
import { feedPicture } from './picture-feed.ts';
import { SoundDesk } from './sound-desk.ts';

/** What the host shows: nothing yet, a camera, the screen. */
export type Picture = 'none' | 'camera' | 'screen';

const CAMERA_KEY = 'kaishi.camera';
const MICROPHONE_KEY = 'kaishi.microphone';

/** The host's end of a show: picture and sound of this device, encoded in a worker. Everything that is shown about it is state here. */
export class Publisher {
	picture = $state<Picture>('none');
	/** What the preview shows. */
	preview = $state.raw<MediaStream | null>(null);
	devices = $state.raw<Devices>({ cameras: [], microphones: [] });
	cameraId = $state<string | null>(null);
	microphoneId = $state<string | null>(null);
	facing = $state<'user' | 'environment'>('environment');
	microphone = $state(false);
	muted = $state(false);
	paused = $state(false);
	/** Loudness just now, 0 to 1. */
	level = $state(0);
	link = $state<LinkState>('off');
	/** Why the server closed the show, a refusal's code or a word of the server's. */
	closedBecause = $state<string | null>(null);
	/** Why nothing can be encoded here. */
	failure = $state<string | null>(null);
	health = $state.raw<CastHealth | null>(null);
	#worker: Worker | null = null;
	#desk: SoundDesk | null = null;
	#track: MediaStreamTrack | null = null;
	#stopFeeding: (() => void) | null = null;
	#wakeLock: WakeLockSentinel | null = null;
	readonly #forget: (() => void)[] = [];

	/** Opens camera and microphone and rehearses with them. Throws the browser's refusal when there is no camera for us. */
	async open(): Promise<void> {
		this.#startWorker();
		this.cameraId = localStorage.getItem(CAMERA_KEY);
		this.microphoneId = localStorage.getItem(MICROPHONE_KEY);
		await this.useCamera(this.cameraId).catch((error: unknown) => {
			// the camera that was chosen last time is not here today
			if (this.cameraId) return this.useCamera(null);
			throw error;
		});
		await this.useMicrophone(this.microphoneId).catch(() => undefined);
		this.devices = await listDevices();
	}

	async useCamera(id: string | null, facing = this.facing): Promise<void> {
		const track = await openCamera(id, facing);
		[this.cameraId, this.facing] = [id ?? track.getSettings().deviceId ?? null, facing];
		if (id) localStorage.setItem(CAMERA_KEY, id);
		this.#desk?.plug('screen', null);
		this.#show(track, 'camera');
	}

	async useScreen(): Promise<void> {
		const { picture, sound } = await openScreen();
		const desk = await this.#openDesk();
		desk.plug('screen', sound);
		// the browser's own bar stops sharing without asking us
		picture.addEventListener('ended', () => void this.useCamera(this.cameraId).catch(() => this.#show(null, 'none')));
		this.#show(picture, 'screen');
	}

	/** Throws the browser's refusal; the show then goes on in silence. */
	async useMicrophone(id: string | null): Promise<void> {
		const desk = await this.#openDesk();
		const track = await openMicrophone(id);
		this.microphoneId = id ?? track.getSettings().deviceId ?? null;
		if (id) localStorage.setItem(MICROPHONE_KEY, id);
		desk.plug('microphone', track);
		this.microphone = true;
	}

	mute(muted: boolean): void {
		this.muted = muted;
		this.#desk?.mute(muted);
	}

	/** Sends what is rehearsed to the show's viewers, from now until `end` or `close`; comes back by itself after a lost line. */
	async publish(showId: string): Promise<void> {
		this.closedBecause = null;
		(await this.#openDesk()).wake();
		this.#tell({ do: 'publish', showId });
		this.#wakeLock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
	}

	pause(paused: boolean): void {
		this.paused = paused;
		this.#tell({ do: paused ? 'pause' : 'resume' });
	}

	end(): void {
		this.#tell({ do: 'end' });
	}

	close(): void {
		for (const forget of this.#forget.splice(0)) forget();
		this.#stopFeeding?.();
		this.#track?.stop();
		this.#desk?.close();
		this.#tell({ do: 'stop' });
		this.#worker?.terminate();
		void this.#wakeLock?.release();
		[this.#worker, this.#desk, this.#track, this.preview, this.picture, this.microphone] = [null, null, null, null, 'none', false];
	}

	#tell(order: CastOrder, transfer: Transferable[] = []): void {
		this.#worker?.postMessage(order, transfer);
	}

	#startWorker(): void {
		if (this.#worker) return;
		this.#worker = new Worker(new URL('./cast-worker.ts', import.meta.url), { type: 'module' });
		this.#worker.onmessage = ({ data }: MessageEvent<CastNews>) => this.#hear(data);
		this.#worker.onerror = (event) => {
			this.failure = event.message;
		};
		const on = (type: string, listener: () => void, target: EventTarget = window) => {
			target.addEventListener(type, listener);
			this.#forget.push(() => target.removeEventListener(type, listener));
		};
		on('online', () => this.#tell({ do: 'network', online: true }));
		on('offline', () => this.#tell({ do: 'network', online: false }));
		on('devicechange', () => void listDevices().then((devices) => (this.devices = devices)), navigator.mediaDevices);
	}

	#hear(news: CastNews): void {
		if (news.type === 'health') this.health = news.health;
		else if (news.type === 'failed') this.failure = news.reason;
		else {
			this.link = news.state;
			if (news.state === 'closed') this.closedBecause = news.reason ?? 'closed';
		}
	}

	async #openDesk(): Promise<SoundDesk> {
		if (this.#desk) return this.#desk;
		const desk = new SoundDesk();
		this.#desk = desk;
		desk.onlevel = (level) => {
			this.level = level;
		};
		const port = await desk.open();
		this.#tell({ do: 'sound', port }, [port]);
		return desk;
	}

	#show(track: MediaStreamTrack | null, picture: Picture): void {
		this.#stopFeeding?.();
		this.#track?.stop();
		[this.#track, this.picture, this.preview] = [track, picture, track && new MediaStream([track])];
		this.#stopFeeding = track && feedPicture(track, (order, transfer) => this.#tell(order, transfer));
	}
}
