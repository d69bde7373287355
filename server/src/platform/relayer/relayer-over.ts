import type { PackedUserOperation, Relayed } from '@kaishi/protocol/account';
import type { Relayer } from './relayer.ts';

/**
 * Every method of a relayer may be asked again by a server whose leader died over it. Orders, carts and user operations are
 * then found on the chain and answered as the first time. Forward requests, actions, recoveries and what the keeper does are
 * refused by the contract when they have been done (a nonce, a step, a state); the faucet by its limit. None is done twice.
 */
type Methods = { [M in Exclude<keyof Relayer, 'userOperation'>]: Relayer[M] } & {
	/** What is only called when the operation is new cannot travel: the answer says whether it was. */
	userOperation(operation: PackedUserOperation): Promise<{ relayed: Relayed; isFirst: boolean }>;
};

/** A relayer as the leader offers it to other servers. */
export function relayerMethods(relayer: Relayer): Methods {
	return {
		...relayer,
		async userOperation(operation) {
			let isFirst = false;
			const relayed = await relayer.userOperation(operation, () => {
				isFirst = true;
			});
			return { relayed, isFirst };
		},
	};
}

/** The relayer of whoever leads. */
export function relayerOver(call: (method: string, args: readonly unknown[]) => Promise<unknown>): Relayer {
	const over =
		<M extends keyof Methods>(method: M) =>
		(...args: Parameters<Methods[M]>) =>
			call(method, args) as ReturnType<Methods[M]>;
	return {
		async userOperation(operation, onFirst) {
			const { relayed, isFirst } = await over('userOperation')(operation);
			if (isFirst) onFirst?.();
			return relayed;
		},
		forward: over('forward'),
		order: over('order'),
		authorizedOrder: over('authorizedOrder'),
		cart: over('cart'),
		action: over('action'),
		faucet: over('faucet'),
		settleDue: over('settleDue'),
		approveRecovery: over('approveRecovery'),
		vetoRecovery: over('vetoRecovery'),
		executeRecovery: over('executeRecovery'),
		sweep: over('sweep'),
		poke: over('poke'),
		openTab: over('openTab'),
		tabStep: over('tabStep'),
	};
}
