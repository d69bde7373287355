// First half of `npm run sync`: what the build does on the way, for editors and type checks before any build.
import { compile } from '@inlang/paraglide-js';
import { messagesConfig } from './messages.config.ts';

await compile({ ...messagesConfig, outputStructure: 'locale-modules' });
