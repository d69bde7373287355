import type { Address } from 'viem';
import type { Market } from '../../../server/src/main/index.ts';
import { type Actor, PasskeyUser, WalletUser } from '../actors/index.ts';
import { InProcessClient } from './in-process-client.ts';
import { type Persona, passkeySecretOf, personaOf } from './personas.ts';

/** Brings seeded people to life in one market, each in a browser of their own. */
export class Cast {
	readonly #market: Market;
	readonly #actors = new Map<string, Promise<Actor>>();
	readonly #signedIn = new Map<string, Promise<void>>();
	readonly #turns = new Map<string, Promise<unknown>>();

	constructor(market: Market) {
		this.#market = market;
	}

	actor(id: string): Promise<Actor> {
		return remember(this.#actors, id, () => this.#enter(personaOf(id)));
	}

	async addressOf(id: string): Promise<Address> {
		return (await this.actor(id)).address;
	}

	async signedIn(id: string): Promise<Actor> {
		const actor = await this.actor(id);
		await remember(this.#signedIn, id, () => actor.signIn());
		return actor;
	}

	/** Runs what one person does one after another: signatures of wallets carry consecutive nonces. */
	inTurn<T>(id: string, work: (actor: Actor) => Promise<T>): Promise<T> {
		const turn = (this.#turns.get(id) ?? Promise.resolve()).catch(() => undefined).then(async () => work(await this.actor(id)));
		this.#turns.set(id, turn);
		return turn;
	}

	/** Play money for somebody who wants to buy. Who was served already keeps what they have. */
	async fund(id: string): Promise<void> {
		await this.#market.relayer.faucet(await this.addressOf(id));
	}

	async #enter(persona: Persona): Promise<Actor> {
		const client = new InProcessClient(this.#market);
		if (persona.signs === 'wallet') return new WalletUser(client, persona.secret);
		return PasskeyUser.register(client, { label: persona.name, secret: passkeySecretOf(persona) });
	}
}

function remember<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
	const before = known.get(key);
	if (before) return before;
	const made = make();
	known.set(key, made);
	return made;
}
