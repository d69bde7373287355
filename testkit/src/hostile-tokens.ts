import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Abi, Hex } from 'viem';

const require = createRequire(import.meta.url);
const source = fileURLToPath(new URL('../../contracts/test/mocks/HostileTokens.sol', import.meta.url));

export type HostileToken =
	| 'BlacklistingToken'
	| 'FalseReturningToken'
	| 'FeeOnTransferToken'
	| 'LyingToken'
	| 'MintableToken'
	| 'OddDecimalsToken'
	| 'PausableToken'
	| 'SilentToken';

interface Compiler {
	compile(input: string, readers: { import(path: string): { contents: string } }): string;
}

let compiled: Record<HostileToken, { abi: Abi; evm: { bytecode: { object: string } } }> | null = null;

/** Tokens that misbehave as the contracts' own tests know them, for deploying into a test market. Compiled at first use. */
export function hostileToken(name: HostileToken): { abi: Abi; bytecode: Hex } {
	compiled ??= compile();
	const { abi, evm } = compiled[name];
	return { abi, bytecode: `0x${evm.bytecode.object}` };
}

function compile() {
	const solc = require('solc') as Compiler;
	const input = {
		language: 'Solidity',
		sources: { 'HostileTokens.sol': { content: readFileSync(source, 'utf8') } },
		settings: { evmVersion: 'osaka', outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
	};
	const importFile = (path: string) => ({ contents: readFileSync(require.resolve(path), 'utf8') });
	const output = JSON.parse(solc.compile(JSON.stringify(input), { import: importFile })) as {
		errors?: { severity: string; formattedMessage: string }[];
		contracts: Record<string, NonNullable<typeof compiled>>;
	};
	const failed = output.errors?.find((error) => error.severity === 'error');
	const found = output.contracts['HostileTokens.sol'];
	if (failed || !found) throw new Error(failed?.formattedMessage ?? `nothing came of ${source}`);
	return found;
}
