/** The same policy, which also lets pages talk to these origins; one that names none for connections stays as it is. */
export function allowConnections(policy: string, origins: readonly string[]): string {
	if (origins.length === 0) return policy;
	const directives = policy.split(';').map((directive) => directive.trim());
	return directives.map((directive) => (directive.startsWith('connect-src ') ? [directive, ...origins].join(' ') : directive)).join('; ');
}
