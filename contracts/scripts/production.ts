import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import type { Abi, Hex } from 'viem';
import config from '../hardhat.config.ts';

export const contractsRoot = fileURLToPath(new URL('..', import.meta.url));

export interface Artifact {
	abi: Abi;
	bytecode: Hex;
}

/** A Hardhat runtime on the production profile, with its own build folder so that it never fights the tests' artefacts. */
export async function productionRuntime() {
	const build = join(contractsRoot, 'build', 'production');
	const paths = { ...config.paths, artifacts: join(build, 'artifacts'), cache: join(build, 'cache') };
	const configPath = join(contractsRoot, 'hardhat.config.ts');
	const runtime = await createHardhatRuntimeEnvironment({ ...config, paths }, { config: configPath, buildProfile: 'production' }, contractsRoot);
	await runtime.tasks.getTask('build').run({ noTests: true, quiet: true, defaultBuildProfile: 'production' });
	return runtime;
}

/** The published artefact of EntryPoint v0.8; deployed with this salt through the deterministic deployer it gets its canonical address. */
export function entryPointArtifact(): Artifact {
	const url = import.meta.resolve('@account-abstraction/contracts/artifacts/EntryPoint.json');
	return JSON.parse(readFileSync(fileURLToPath(url), 'utf8'));
}

export const ENTRY_POINT_SALT = '0x0a59dbff790c23c976a548690c27297883cc66b4c67024f9117b0238995e35e9';
