/** `order.events` → `"order"."events"`: our schema names are domain words, and some are reserved in SQL. */
export function quoteTable(table: string): string {
	return table.split('.').map(quoteName).join('.');
}

export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
