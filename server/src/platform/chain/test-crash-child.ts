import { writeSync } from 'node:fs';
import { openTestChain, signTransfer } from './test-chain.ts';

/** Sends without pause from several hands and says each hash aloud once it is acknowledged; runs until it is killed. */
const [dataDir = ''] = process.argv.slice(2);
const { chain, keys } = await openTestChain(dataDir, { blockMs: 10 });
const account = keys.operator.account;
let nonce = Number(await chain.request('eth_getTransactionCount', [account.address, 'latest']));
writeSync(1, `head ${(await chain.head()).hash}\n`);
while (true) {
	const raws = await Promise.all(Array.from({ length: 8 }, () => signTransfer(account, nonce++)));
	// Synchronous: what is said aloud must not wait in a buffer when the kill comes.
	await Promise.all(raws.map(async (raw) => writeSync(1, `${(await chain.submit(raw)).transactionHash}\n`)));
}
