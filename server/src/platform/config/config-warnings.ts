import type { Config } from './config.ts';

const THIS_MACHINE = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** What an operator should know about a configuration that works. `env` tells what was left unsaid. */
export function configWarnings(config: Pick<Config, 'publicUrl'>, env: Record<string, string | undefined>): string[] {
	const isPublic = !THIS_MACHINE.test(new URL(config.publicUrl).hostname);
	if (!isPublic || env.TRUST_PROXY) return [];
	return [
		'PUBLIC_URL is public and TRUST_PROXY is not set: behind a reverse proxy on this machine nobody is rate limited, behind one elsewhere everybody together. ' +
			'Set TRUST_PROXY=1 behind a proxy that sets X-Forwarded-For, else TRUST_PROXY=0.',
	];
}
