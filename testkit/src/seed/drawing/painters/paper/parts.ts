import type { Weave } from '../../weaves.ts';

export const PAPERS: Weave[] = ['waves', 'cranes', 'blossoms', 'lattice', 'leaves', 'dots', 'ikat', 'checks'];

export const paperOf = (style: number): Weave => PAPERS[style % PAPERS.length] as Weave;
