import type { Weave } from '../../weaves.ts';

export const WEAVES: Weave[] = ['cranes', 'waves', 'blossoms', 'ikat', 'checks', 'stripes', 'lattice', 'leaves', 'dots', 'plain'];

export const weaveOf = (style: number): Weave => WEAVES[style % WEAVES.length] as Weave;
