import type { Sequencer } from './sequencer.ts';

/** What is asked of a sequencer, here or on the server that leads. */
export type SequencerDoor = Pick<Sequencer, 'submit' | 'receipt' | 'left' | 'tooLate' | 'hold'>;

/** A sequencer as the leader offers it to other servers: the same intent again gets the same answer, so any call may be repeated. */
export function sequencerMethods(sequencer: Sequencer) {
	return {
		submit: (...args: Parameters<Sequencer['submit']>) => sequencer.submit(...args),
		receipt: (...args: Parameters<Sequencer['receipt']>) => sequencer.receipt(...args),
		left: (...args: Parameters<Sequencer['left']>) => sequencer.left(...args),
		tooLate: (...args: Parameters<Sequencer['tooLate']>) => sequencer.tooLate(...args),
		hold: () => sequencer.hold(),
	};
}

/** The sequencer of whoever leads. What must be known at once is known where it leads: `callHere` gives undefined elsewhere. */
export function sequencerOver(
	call: (method: string, args: readonly unknown[]) => Promise<unknown>,
	callHere: (method: string, args: readonly unknown[]) => unknown,
): SequencerDoor {
	const over =
		<M extends 'submit' | 'receipt' | 'left'>(method: M) =>
		(...args: Parameters<SequencerDoor[M]>) =>
			call(method, args) as ReturnType<SequencerDoor[M]>;
	return {
		submit: over('submit'),
		receipt: over('receipt'),
		left: over('left'),
		tooLate: (intent) => (callHere('tooLate', [intent]) as string | null | undefined) ?? null,
		hold: () => (callHere('hold', []) as Promise<void> | null | undefined) ?? null,
	};
}
