import type { Sequencer } from './sequencer.ts';

/** What is asked of a sequencer, here or on the server that leads. */
export type SequencerDoor = Pick<Sequencer, 'submit' | 'receipt' | 'left'>;

/** A sequencer as the leader offers it to other servers: the same intent again gets the same answer, so any call may be repeated. */
export function sequencerMethods(sequencer: Sequencer) {
	return {
		submit: (...args: Parameters<Sequencer['submit']>) => sequencer.submit(...args),
		receipt: (...args: Parameters<Sequencer['receipt']>) => sequencer.receipt(...args),
		left: (...args: Parameters<Sequencer['left']>) => sequencer.left(...args),
	};
}

/** The sequencer of whoever leads. */
export function sequencerOver(call: (method: string, args: readonly unknown[]) => Promise<unknown>): SequencerDoor {
	const over =
		<M extends keyof SequencerDoor>(method: M) =>
		(...args: Parameters<SequencerDoor[M]>) =>
			call(method, args) as ReturnType<SequencerDoor[M]>;
	return { submit: over('submit'), receipt: over('receipt'), left: over('left') };
}
