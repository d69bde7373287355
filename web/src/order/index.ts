export { heroOf, stateName, toneOf } from './words.ts';
