import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messagesConfig } from './messages.config.ts';

/** Renditions come as blobs after their hash was checked; tiny previews as data URLs. */
const contentSecurityPolicy = {
	'default-src': ['self'],
	'script-src': ['self'],
	'style-src': ['self'],
	// Attributes only: server-rendered pages carry widths, colours and previews in `style`.
	'style-src-attr': ['unsafe-inline'],
	'img-src': ['self', 'data:', 'blob:'],
	'media-src': ['self', 'blob:'],
	'font-src': ['self'],
	'connect-src': ['self'],
	'worker-src': ['self'],
	'manifest-src': ['self'],
	'object-src': ['none'],
	'base-uri': ['none'],
	'form-action': ['self'],
	'frame-src': ['none'],
	'frame-ancestors': ['none'],
} as const;

export default defineConfig(({ command }) => ({
	plugins: [
		paraglideVitePlugin({
			...messagesConfig,
			// One module per message lets a page ship only its own words; in development that would be a thousand requests.
			outputStructure: command === 'build' ? 'message-modules' : 'locale-modules',
		}),
		tailwind(),
		sveltekit({
			adapter: adapter(),
			compilerOptions: { runes: true },
			csp: { mode: 'nonce', directives: structuredClone(contentSecurityPolicy) as never },
		}),
	],
	build: { target: 'es2022' },
}));
