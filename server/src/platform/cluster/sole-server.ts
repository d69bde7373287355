import type { Database } from '../db/database.ts';
import { carryOut, carryOutNow, type Duties, type Servers } from './servers.ts';
import { beginSoleTerm, SupersededError, type Term } from './term.ts';

/** A market's only server leads from its start to its end, and asks nobody but itself. */
export async function openSoleServer(db: Database, assume: (term: Term) => Promise<Duties>): Promise<Servers> {
	const duties = await assume(await beginSoleTerm(db));
	return {
		leads: () => true,
		call: (method, args) => carryOut(duties, method, args),
		callHere: (method, args) => carryOutNow(duties, method, args),
		stream: () => Promise.reject(new SupersededError(null)),
		close: () => duties.stop(),
	};
}
