import { defineConfig } from 'hardhat/config';
import config from './hardhat.config.ts';

// Long random play: `npm run fuzz`. Seven campaigns (the whole market, tabs and operators, a buyer alone, a seller alone, flash deals, pots, auctions) of this many sequences each, 23,800 in all.
const runs = 3400;
const depth = 50;

export default defineConfig({
	...config,
	test: { solidity: { fuzz: { seed: '0x6b61697368690a' }, invariant: { runs, depth, failOnRevert: true } } },
});
