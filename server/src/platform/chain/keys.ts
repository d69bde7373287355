import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { quickAccount } from './quick-account.ts';

/** Keys of whoever operates this node. They can pay gas and rule disputes they were named in; no key reaches others' money. */
export interface OperatorKeys {
	/** Deploys, submits and pays gas; proposer of the timelock. */
	operator: { account: PrivateKeyAccount; privateKey: Hex };
	/** House arbitrator that sellers may name. */
	arbitrator: { account: PrivateKeyAccount; privateKey: Hex };
}

/** Reads the keys in `dataDir/keys`, making them at first run (files 0600). `operatorKey` replaces the operator's file. */
export function loadKeys(dataDir: string, operatorKey: Hex | null = null): OperatorKeys {
	const dir = join(dataDir, 'keys');
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	const operator = operatorKey ?? readOrMakeKey(join(dir, 'operator'));
	const arbitrator = readOrMakeKey(join(dir, 'arbitrator'));
	return {
		operator: { account: quickAccount(operator), privateKey: operator },
		arbitrator: { account: privateKeyToAccount(arbitrator), privateKey: arbitrator },
	};
}

function readOrMakeKey(path: string): Hex {
	try {
		const text = readFileSync(path, 'utf8').trim();
		if (!/^0x[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold a private key`);
		return text as Hex;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	const key = generatePrivateKey();
	const draft = `${path}.${process.pid}.new`;
	const fd = openSync(draft, 'w', 0o600);
	writeSync(fd, `${key}\n`);
	fsyncSync(fd);
	closeSync(fd);
	try {
		linkSync(draft, path);
		return key;
	} catch (error) {
		// Another server that starts at the same time was first: its key is the one.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return readOrMakeKey(path);
	} finally {
		rmSync(draft, { force: true });
	}
}
