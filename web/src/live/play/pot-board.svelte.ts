import type { PotView, RoomEvent } from '@kaishi/protocol/live';
import { api } from '#platform/api/client.ts';
import { httpRpc } from '#platform/api/json-rpc.ts';
import { freshSecret, secretOf } from './secrets.ts';

type PotEvent = Extract<RoomEvent, { kind: 'packet' | 'draw' }>;

/** A room that says how its pots stand; see `Room`. */
export interface PotRoom {
	on(kind: 'packet' | 'draw', listener: (event: PotEvent) => void): () => void;
}

/** A draw that somebody enters remembers its commitment under this. */
const entryKey = (id: string) => `kaishi.pot-entry.${id}`;

/** Red packets and draws of one show, as one browser sees them. Reactive. */
export class PotBoard {
	/** Latest first. */
	pots = $state.raw<PotView[]>([]);
	readonly show: string;
	readonly #account: string | null;

	constructor(show: string, account: string | null) {
		[this.show, this.#account] = [show, account];
	}

	/** Listens to the room; returns how to stop. For `$effect(() => board.follow(room))`. */
	follow(room: PotRoom): () => void {
		const stops = (['packet', 'draw'] as const).map((kind) => room.on(kind, (event) => this.#hear(event.view as PotView)));
		void this.load();
		return () => {
			for (const stop of stops) stop();
		};
	}

	async load(): Promise<void> {
		this.pots = await api.get<PotView[]>(`/api/live/${this.show}/pots`);
	}

	/** Takes part. In a draw with a number of its own, which this browser seals now and shows later. Throws `Refusal`. */
	async enter(pot: PotView): Promise<void> {
		const sealed = pot.kind === 'draw' && pot.revealUntil > pot.entriesUntil && this.#account !== null;
		const own = sealed ? await freshSecret(this.#account as `0x${string}`) : null;
		if (own) localStorage.setItem(entryKey(pot.id), own.commitment);
		this.#take(await api.post<PotView>(`/api/live/${pot.show}/pots/${pot.id}/enter`, own ? { commitment: own.commitment } : {}));
	}

	/** Shows the number that this browser sealed; nothing when it sealed none. Throws `Refusal`. */
	async reveal(pot: PotView): Promise<void> {
		const secret = secretOf(localStorage.getItem(entryKey(pot.id)) ?? '');
		if (secret !== null) this.#take(await api.post<PotView>(`/api/live/${pot.show}/pots/${pot.id}/reveal`, { secret }));
	}

	/**
	 * The host shows its number once the block is there that decides with it: whoever makes the block must not know it. False when it is
	 * too early, or this browser does not know the number. Throws `Refusal`.
	 */
	async decide(pot: PotView): Promise<boolean> {
		const secret = secretOf(pot.commitment);
		if (secret === null || pot.armedBlock === null || pot.hostSilent) return false;
		const rpc = httpRpc(new URL('/rpc', location.href).href);
		if ((await rpc<object | null>('eth_getBlockByNumber', [`0x${BigInt(pot.armedBlock).toString(16)}`, false])) === null) return false;
		this.#take(await api.post<PotView>(`/api/live/${pot.show}/pots/${pot.id}/decide`, { secret }));
		return true;
	}

	#hear(view: PotView) {
		const before = this.pots.find((pot) => pot.id === view.id);
		// Rooms hear what strangers see: what is one's own, one knows.
		const won = view.paid.find((payment) => payment.account.toLowerCase() === this.#account?.toLowerCase())?.amount ?? null;
		this.#take({ ...view, mine: before?.mine ? { ...before.mine, won: won ?? before.mine.won } : view.mine });
	}

	#take(view: PotView) {
		const others = this.pots.filter((pot) => pot.id !== view.id);
		this.pots = [view, ...others].sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)));
	}
}
