/** Between 0 and 1, from the cryptographic generator: spreads a crowd's questions over time. */
export function chance(): number {
	const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
	return random / 2 ** 32;
}
