const listeners = new Set<() => void>();

/** This window has just marked something as read: its counts need not wait for the socket, which may not be open yet. */
export function tellOwnReading(): void {
	for (const listener of listeners) listener();
}

/** Returns how to stop listening. */
export function onOwnReading(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
