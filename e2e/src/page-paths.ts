import { globSync } from 'node:fs';
import { join } from 'node:path';

const routes = join(import.meta.dirname, '../../web/src/routes');

/**
 * The address of every page there is, from the routes themselves, so that a new page is looked at without anybody
 * remembering to. Throws for a parameter nobody gave a value.
 * @param values e.g. `{ 'p/[id]': '123' }`: per route, what stands in the place of its parameters.
 */
export function allPagePaths(values: Record<string, Record<string, string>>): string[] {
	const pages = globSync('**/+page.svelte', { cwd: routes }).map((file) => file.replaceAll('\\', '/').replace(/\/?\+page\.svelte$/, ''));
	return pages
		.map((route) => {
			const plain = route.replace(/\([^)]*\)\/?/g, '');
			return `/${plain.replace(/\[(?:\.\.\.)?([^\]=]+)(?:=[^\]]*)?\]/g, (_, name: string) => valueFor(values, plain, name))}`;
		})
		.sort();
}

function valueFor(values: Record<string, Record<string, string>>, route: string, name: string): string {
	const value = Object.entries(values).find(([prefix]) => route.startsWith(prefix))?.[1][name];
	if (value === undefined) throw new Error(`the page ${route} needs a value for [${name}]: add one to this journey`);
	return value;
}
