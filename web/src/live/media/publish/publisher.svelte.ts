import type { PublishTicket } from '@kaishi/protocol/live';
import { type Devices, listDevices, openCamera, openMicrophone, openScreen } from './devices.ts';
import type { LiveKitCast } from './livekit-cast.ts';
import type { CastHealth, CastNews, CastOrder, LinkState } from './messages.ts';
import { feedPicture } from './picture-feed.ts';
import { SoundDesk } from './sound-desk.ts';

/** What the host shows: nothing yet, a camera, the screen. */
export type Picture = 'none' | 'camera' | 'screen';

const CAMERA_KEY = 'kaishi.camera';
/** Between two tries to reach LiveKit. */
const RETRY_MS = [500, 1000, 2000, 4000] as const;
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
	#showId = '';
	/** Where a LiveKit server carries the show. */
	#carried: LiveKitCast | null = null;
	#failures = 0;
	#again: ReturnType<typeof setTimeout> | undefined;
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
		[this.closedBecause, this.#showId, this.#failures] = [null, showId, 0];
		(await this.#openDesk()).wake();
		this.#tell({ do: 'publish', showId });
		this.#wakeLock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
	}

	pause(paused: boolean): void {
		this.paused = paused;
		void this.#carried?.pause(paused);
		this.#tell({ do: paused ? 'pause' : 'resume' });
	}

	end(): void {
		this.#letGo();
		this.#tell({ do: 'end' });
	}

	close(): void {
		for (const forget of this.#forget.splice(0)) forget();
		this.#letGo();
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
		else if (news.type === 'elsewhere') void this.#carry(news.ticket).catch(() => this.#tryAgain());
		else this.#setLink(news.state, news.reason);
	}

	#setLink(state: LinkState, reason?: string): void {
		this.link = state;
		if (state === 'closed') this.closedBecause = reason ?? 'closed';
	}

	/** Sends by a LiveKit server: its library comes with the first show that needs it. */
	async #carry(ticket: PublishTicket): Promise<void> {
		const { LiveKitCast } = await import('./livekit-cast.ts');
		const desk = await this.#openDesk();
		this.#carried?.close();
		const cast = new LiveKitCast({
			onlink: (state, reason) => this.#setLink(state, reason),
			onhealth: (health) => (this.health = health),
			onpaused: (paused) => (this.paused = paused),
			onlost: () => this.#tryAgain(),
		});
		this.#carried = cast;
		await cast.open(ticket, { picture: this.#track, isScreen: this.picture === 'screen', sound: desk.track(), isPaused: this.paused });
		this.#failures = 0;
	}

	/** Tickets are short-lived: another line begins with another one. */
	#tryAgain(): void {
		this.link = 'reconnecting';
		clearTimeout(this.#again);
		this.#again = setTimeout(() => this.#tell({ do: 'publish', showId: this.#showId }), RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
	}

	#letGo(): void {
		clearTimeout(this.#again);
		this.#carried?.close();
		this.#carried = null;
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
		void this.#carried?.show(track, picture === 'screen');
		this.#stopFeeding = track && feedPicture(track, (order, transfer) => this.#tell(order, transfer));
	}
}
