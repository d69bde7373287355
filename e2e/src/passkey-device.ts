import type { CDPSession, Page } from '@playwright/test';

/** A device that holds passkeys and approves every request at once, as a finger on the sensor would. Virtual authenticators are per page. */
export async function attachPasskeyDevice(page: Page, options: { prf?: boolean } = {}): Promise<PasskeyDevice> {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable', { enableUI: false });
	const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			hasPrf: options.prf ?? true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return new PasskeyDevice(session, authenticatorId);
}

export class PasskeyDevice {
	readonly #session: CDPSession;
	readonly #authenticatorId: string;

	constructor(session: CDPSession, authenticatorId: string) {
		this.#session = session;
		this.#authenticatorId = authenticatorId;
	}

	/** How many passkeys were made on it. */
	async count(): Promise<number> {
		const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#authenticatorId });
		return credentials.length;
	}

	/** The person refuses (or fails) to verify from now on. */
	async refuse(): Promise<void> {
		await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#authenticatorId, isUserVerified: false });
	}
}
