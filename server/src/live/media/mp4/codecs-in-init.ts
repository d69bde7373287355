/** The `codecs` (RFC 6381) of an init segment of our own making. */
export function codecsInInit(init: Buffer): string {
	const names: string[] = [];
	const avc = init.indexOf('avcC', 0, 'latin1');
	if (avc >= 0) names.push(`avc1.${init.subarray(avc + 5, avc + 8).toString('hex')}`);
	if (init.includes('Opus', 0, 'latin1')) names.push('opus');
	else if (init.includes('mp4a', 0, 'latin1')) names.push('mp4a.40.2');
	return names.join(',');
}
