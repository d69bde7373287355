// `npm run bench:live`: a show's picture and its talk, each as `bench/live/<part>.ts`; `-- glass`, `-- picture` or `-- chat` measures one. Each ends with one line of JSON.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const parts = ['glass', 'picture', 'chat'];
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((part) => !parts.includes(part));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${parts.join(', ')}`);
for (const part of parts.filter((one) => wanted.length === 0 || wanted.includes(one))) {
	console.log(`── ${part}`);
	const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'live', `${part}.ts`)], { stdio: 'inherit' });
	if (status !== 0) process.exitCode = 1;
}
