import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDownloadFiles } from './downloads.ts';

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'kaishi-downloads-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const body = () => new Response('a book').body;

test('default: a file is kept with its hash', async () => {
	const files = openDownloadFiles(directory, async () => 10 ** 10);
	const stored = await files.write(body(), 'book.txt');
	expect(stored).toMatchObject({ name: 'book.txt', bytes: 6 });
	expect(await new Response(await files.read(stored)).text()).toBe('a book');
});

test('error: uploads stop while there is still room for the journal', async () => {
	const files = openDownloadFiles(directory, async () => 500 * 1024 * 1024);
	await expect(files.write(body(), 'book.txt')).rejects.toMatchObject({ code: 'Storage_Full', kind: 'unavailable' });
	expect(readdirSync(directory)).toEqual([]);
});
