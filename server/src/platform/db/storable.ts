/** Whether PostgreSQL can hold every string in `value`: no NUL characters, no halves of surrogate pairs. */
export function isStorable(value: unknown): boolean {
	if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
	if (Array.isArray(value)) return value.every(isStorable);
	if (value !== null && typeof value === 'object') return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
	return true;
}
