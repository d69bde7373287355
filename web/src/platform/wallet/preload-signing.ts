/** Fetches the code that signs before it is needed: on hover or focus of a button that will. */
export function preloadSigning() {
	void import('./passkey-signer.ts').catch(() => undefined);
}
