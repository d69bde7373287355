/** SQLSTATE classes that say "not now": connection, resources, operator intervention. */
const TRANSIENT_CLASSES = new Set(['08', '53', '57', '58']);
/** Serialization failure, deadlock, lock not available. */
const TRANSIENT_STATES = new Set(['40001', '40P01', '55P03']);
const TRANSIENT_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH']);

/** Whether the same statement may succeed later: the server is away or busy, and nothing is wrong with the request. */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const { code } = error as { code?: unknown };
	if (typeof code === 'string') {
		if (TRANSIENT_SYSTEM.has(code) || TRANSIENT_STATES.has(code)) return true;
		if (/^[0-9A-Z]{5}$/.test(code)) return TRANSIENT_CLASSES.has(code.slice(0, 2));
	}
	return /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/.test(error.message);
}

/** Whether the connection ended before the answer came: what was asked may have been done, or not. */
export function isCutOff(error: unknown): boolean {
	if (!isTransient(error)) return false;
	const { code } = error as { code?: unknown };
	return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || ['08', '57'].includes(code.slice(0, 2));
}
