// Loaded on intent: it brings hashing along.
export { signInChallenge } from '@kaishi/protocol/account';
