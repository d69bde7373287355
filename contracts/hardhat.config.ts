import { fileURLToPath } from 'node:url';
import hardhatToolboxViem from '@nomicfoundation/hardhat-toolbox-viem';
import { defineConfig } from 'hardhat/config';

// The compiler comes from npm; without `path` Hardhat would try to download one.
const path = fileURLToPath(import.meta.resolve('solc/soljson.js'));
const version = '0.8.37';
// The compiler's own sequence without `F`, the function specializer: it copies every step of the lifecycle once per constant argument,
// which made the order book 30 kB, a quarter above what a chain accepts, for no gas to speak of.
const optimizerSteps = 'dhfoDgvulfnTUtnIf[xa[r]EscLMcCTUtTOntnfDIulLculVcul[j]Tpeulxa[rul]xa[r]cLgvifCTUca[r]LSsTOtfDnca[r]Iulc]jmul[jul]VcTOculjmul';

export default defineConfig({
	plugins: [hardhatToolboxViem],
	paths: { sources: './src', tests: { solidity: './test', nodejs: './test' } },
	networks: {
		default: { type: 'edr-simulated', chainType: 'l1', hardfork: 'osaka', chainId: 31337, allowUnlimitedContractSize: false },
	},
	solidity: {
		npmFilesToBuild: ['@openzeppelin/contracts/governance/TimelockController.sol'],
		profiles: {
			// Quick to compile, for tests.
			default: { version, path, settings: { evmVersion: 'osaka', optimizer: { enabled: true, runs: 200 } } },
			// What is deployed and measured.
			production: {
				version,
				path,
				isolated: false,
				settings: {
					evmVersion: 'osaka',
					viaIR: true,
					optimizer: { enabled: true, runs: 10_000, details: { yul: true, yulDetails: { stackAllocation: true, optimizerSteps } } },
					metadata: { bytecodeHash: 'none', appendCBOR: false },
				},
			},
		},
	},
	test: {
		solidity: {
			fuzz: { runs: 256, seed: '0x6b61697368690a' },
			invariant: { runs: 48, depth: 60, failOnRevert: true },
		},
	},
});
