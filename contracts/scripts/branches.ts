import { createRequire } from 'node:module';

interface Instrumenter {
	addStatementCoverageInstrumentation(
		source: string,
		sourceName: string,
		version: string,
	): { metadata: { tag: Uint8Array; startUtf16: number; endUtf16: number }[] };
	latestSupportedSolidityVersion(): string;
}

// Hardhat counts statements and reports lines; its instrumenter tells which statement has which tag. It is Hardhat's package, not ours.
const edr: Instrumenter = createRequire(import.meta.resolve('hardhat'))('@nomicfoundation/edr');

interface Statement {
	/** Where its text begins, without the white space and comments before it. */
	start: number;
	end: number;
	count: number;
}

/** One of the two ways on from an `if`. */
export interface Arm {
	line: number;
	kind: 'then' | 'else';
	taken: boolean;
}

/**
 * Both arms of every `if` of a source. An arm without statements of its own counts as taken when the `if` was seen in more calls than its body;
 * in a loop that can miss one that was taken, never the other way round.
 * @param counts executions by tag, as Hardhat's coverage writes them.
 */
export function armsOf(source: string, sourceName: string, counts: ReadonlyMap<string, number>): Arm[] {
	const statements = statementsOf(source, sourceName, counts);
	const at = new Map(statements.map((one) => [one.start, one]));
	return statements.flatMap((one) => {
		if (!/^if\s*\(/.test(source.slice(one.start, one.start + 10))) return [];
		const line = source.slice(0, one.start).split('\n').length;
		const then = at.get(skipSpace(source, closing(source, source.indexOf('(', one.start)) + 1));
		if (!then) throw new Error(`${sourceName}:${line}: the body of an if was not found`);
		const next = skipSpace(source, then.end);
		const other = source.startsWith('else', next) ? at.get(skipSpace(source, next + 'else'.length)) : null;
		// A body that leads away leaves what follows to the other arm.
		const leaves = /^\{?\s*(return|continue|break|revert)\b/.test(source.slice(then.start, then.end));
		const rest = other ?? (leaves ? at.get(next) : undefined);
		const elseTaken = rest ? rest.count > 0 : one.count > then.count;
		return [
			{ line, kind: 'then' as const, taken: then.count > 0 },
			{ line, kind: 'else' as const, taken: elseTaken },
		];
	});
}

function statementsOf(source: string, sourceName: string, counts: ReadonlyMap<string, number>): Statement[] {
	const { metadata } = edr.addStatementCoverageInstrumentation(source, sourceName, edr.latestSupportedSolidityVersion());
	const byStart = new Map<number, Statement>();
	for (const { tag, startUtf16, endUtf16 } of metadata) {
		const start = skipSpace(source, startUtf16);
		const one = { start, end: endUtf16, count: counts.get(Buffer.from(tag).toString('hex')) ?? 0 };
		// A block and its first statement never begin at the same place; the longer of two is the statement itself.
		if ((byStart.get(start)?.end ?? 0) < endUtf16) byStart.set(start, one);
	}
	return [...byStart.values()];
}

/** The next place that is neither white space nor comment. */
function skipSpace(source: string, from: number): number {
	const space = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
	space.lastIndex = from;
	space.exec(source);
	return space.lastIndex;
}

/** The place of the parenthesis that closes the one at `open`. */
function closing(source: string, open: number): number {
	let depth = 0;
	for (let at = open; at < source.length; at++) {
		if (source[at] === '(') depth++;
		else if (source[at] === ')' && --depth === 0) return at;
	}
	throw new Error('a parenthesis is never closed');
}
