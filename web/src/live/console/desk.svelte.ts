import type { BagItem, PinView, ShowDesk, ShowFigures, ShowView } from '@kaishi/protocol/live';
import type { Address } from 'viem';
import { api } from '#platform/api/client.ts';
import type { Room } from '../room/room.svelte.ts';

/** Between two looks at the figures while the show is on air, milliseconds. */
const FIGURES_MS = 2000;

/** What the shop's people see and do beside the room itself. Reactive. */
export class Desk {
	desk = $state.raw<ShowDesk>() as ShowDesk;
	/** Null for moderators, who see no figures. */
	figures = $state.raw<ShowFigures | null>(null);
	readonly room: Room;

	constructor(room: Room, desk: ShowDesk, figures: ShowFigures | null) {
		this.room = room;
		this.desk = desk;
		this.figures = figures;
	}

	/** Looks at figures and complaints again and again; returns how to stop. For `$effect(() => desk.watch())`. */
	watch(): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let stopped = false;
		const look = async () => {
			if (document.visibilityState === 'visible') await this.refresh();
			if (!stopped) timer = setTimeout(() => void look(), FIGURES_MS);
		};
		timer = setTimeout(() => void look(), FIGURES_MS);
		return () => {
			stopped = true;
			clearTimeout(timer);
		};
	}

	/** Nothing is lost when it is not answered: what was known stays. */
	async refresh(): Promise<void> {
		const [desk, figures] = await Promise.all([
			api.get<ShowDesk>(`${this.#path}/desk`).catch(() => this.desk),
			this.figures && api.get<ShowFigures>(`${this.#path}/metrics`).catch(() => this.figures),
		]);
		[this.desk, this.figures] = [desk, figures];
	}

	/** Throws `Refusal`. */
	async pin(listingId: string | null, dealOfferId: string | null = null): Promise<void> {
		const { pin } = await api.put<{ pin: PinView | null }>(`${this.#path}/pin`, { listingId, ...(dealOfferId === null ? {} : { dealOfferId }) });
		this.room.update({ ...this.room.show, pin });
	}

	/** Throws `Refusal`. */
	async putBag(listingIds: readonly string[]): Promise<void> {
		const bag = await api.put<BagItem[]>(`${this.#path}/bag`, { listingIds });
		this.room.update({ ...this.room.show, bag });
	}

	/** Says who runs the show as a guest of the shop, and who presents it. Throws `Refusal`. */
	async invite(people: { coHosts?: Address[]; host?: Address }): Promise<void> {
		this.room.update(await api.patch<ShowView>(this.#path, people));
		await this.refresh();
	}

	/** Throws `Refusal`. */
	async putModerators(accounts: readonly Address[]): Promise<void> {
		await api.put(`${this.#path}/moderators`, { accounts });
		await this.refresh();
	}

	/** Throws `Refusal`. */
	async end(): Promise<void> {
		const state = await api.post<ShowDesk['show']>(`${this.#path}/end`);
		this.room.update({ ...this.room.show, ...state });
	}

	get #path(): string {
		return `/api/live/${this.room.id}`;
	}
}
