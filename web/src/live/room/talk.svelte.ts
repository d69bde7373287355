import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { codeOf } from '#platform/errors/explain.ts';
import type { Room } from './room.svelte.ts';
import type { Speaker } from './speaker.ts';

const UNKNOWN = 'Live_UnknownSpeaker';
/** The account has to vouch for another name. */
const NAME_TAKEN = 'Live_NameTaken';

/** What one person says in a room: needs an account that vouched once for this browser's key. */
export class Talk {
	text = $state('');
	busy = $state(false);
	failure = $state.raw<unknown>(null);
	/** Nobody vouched for this browser yet: it must be asked how to be called. */
	unknown = $state(false);
	/** Milliseconds of the room's clock before which the next line is not taken. */
	nextAt = $state(0);
	#speaker: Speaker | null = null;
	readonly #room: Room;

	constructor(room: Room) {
		this.#room = room;
	}

	/** Says what is typed. Keeps it typed when it did not go out. */
	async say(viewer: Viewer): Promise<void> {
		const { cleanLine } = await import('@kaishi/protocol/live');
		const text = cleanLine(this.text);
		if (text === '' || this.busy) return;
		[this.busy, this.failure] = [true, null];
		try {
			const { heldSpeaker, signLine } = await import('./speaker.ts');
			if (this.#speaker?.account !== viewer.address.toLowerCase()) this.#speaker = await heldSpeaker(viewer.address);
			if (this.#speaker === null) {
				this.unknown = true;
				return;
			}
			await this.#room.say(await signLine(this.#speaker, this.#room.id, text, this.#room.now()));
			this.text = '';
			this.nextAt = this.#room.now() + this.#room.rules.slowSeconds * 1000;
		} catch (error) {
			await this.#fail(error, viewer);
		} finally {
			this.busy = false;
		}
	}

	/** Has the account vouch for this browser, and says what waited. Resolves false when the person thought better of it. */
	async introduce(viewer: Viewer, name: string, market: MarketInfo, words: { title: string; lines: string[]; confirm: string }): Promise<boolean> {
		const [{ becomeSpeaker }, { askSignature }] = await Promise.all([import('./speaker.ts'), import('#platform/wallet/ask.svelte.ts')]);
		const speaker = await askSignature(words, (signer) => becomeSpeaker(viewer, signer, name, market));
		if (!speaker) return false;
		this.#speaker = speaker;
		this.unknown = false;
		await this.say(viewer);
		return true;
	}

	async #fail(error: unknown, viewer: Viewer) {
		const code = codeOf(error);
		if (code !== UNKNOWN) this.failure = error;
		if (code !== UNKNOWN && code !== NAME_TAKEN) return;
		this.#speaker = null;
		this.unknown = true;
		await (await import('./speaker.ts')).forgetSpeaker(viewer.address);
	}
}
