/** Why a request was refused, for people and programs alike. */
export type RefusalKind = 'notFound' | 'forbidden' | 'unauthenticated' | 'conflict' | 'invalid' | 'tooMany' | 'unavailable';

/**
 * An expected refusal. `code` is the Solidity error's name where the contract refused
 * (`OrderBook_WrongFee`), otherwise `Domain_Reason` in the same style (`Media_TooLarge`).
 * `details` holds the error's arguments by name, as strings, for messages in the reader's language.
 */
export class Refusal extends Error {
	override name = 'Refusal';
	readonly code: string;
	readonly kind: RefusalKind;
	readonly details: Record<string, string>;

	constructor(code: string, kind: RefusalKind, details: Record<string, string> = {}, options?: ErrorOptions) {
		super(`${code} ${JSON.stringify(details)}`, options);
		this.code = code;
		this.kind = kind;
		this.details = details;
	}
}

/** The body of every unsuccessful API answer. */
export interface RefusalBody {
	error: { code: string; kind: RefusalKind; details: Record<string, string> };
}

export const httpStatusOf: Record<RefusalKind, number> = {
	invalid: 400,
	unauthenticated: 401,
	forbidden: 403,
	notFound: 404,
	conflict: 409,
	tooMany: 429,
	unavailable: 503,
};
