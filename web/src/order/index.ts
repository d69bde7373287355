export { heroOf } from './hero-words.ts';
export { stateName, toneOf } from './words.ts';
