import type { PasskeyUser } from '@kaishi/testkit';
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

	/** Somebody who has an account already picks up this device. */
	async hold(user: PasskeyUser): Promise<void> {
		await this.#session.send('WebAuthn.addCredential', {
			authenticatorId: this.#authenticatorId,
			credential: {
				credentialId: toBase64(user.authenticator.credentialId),
				isResidentCredential: true,
				rpId: 'localhost',
				privateKey: user.authenticator.exportKey(),
				userHandle: toBase64(user.authenticator.credentialId),
				signCount: 0,
			},
		});
	}

	/** The person refuses (or fails) to verify from now on. */
	async refuse(): Promise<void> {
		await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#authenticatorId, isUserVerified: false });
	}

	/** The person verifies again. */
	async accept(): Promise<void> {
		await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#authenticatorId, isUserVerified: true });
	}
}

const toBase64 = (base64url: string) => Buffer.from(base64url, 'base64url').toString('base64');
