import type { DeliveryDetails } from '@kaishi/protocol/order';

export type AddressField = keyof DeliveryDetails;
export type AddressFault = 'missing' | 'tooLong' | 'phone' | 'taxId';

/** Same bounds as the protocol's parser, which would bring the chain library into the form. */
const LIMITS: Record<AddressField, number> = {
	name: 80,
	phone: 32,
	country: 2,
	region: 80,
	city: 80,
	street: 200,
	postcode: 16,
	note: 300,
	company: 120,
	taxId: 24,
};
const REQUIRED: ReadonlySet<AddressField> = new Set(['name', 'phone', 'country', 'city', 'street']);
const TAX_ID = /^[A-Za-z0-9][A-Za-z0-9 .-]{3,23}$/;
const PHONE = /^[+\d][\d ()-]{4,31}$/;
const KEY = 'kaishi.address';
const DRAFT = 'kaishi.address.typed';
/** Tells the server only that there is one, so that checkout comes with the step already folded. */
export const ADDRESS_COOKIE = 'kaishi_address';

export const emptyAddress = (country: string): DeliveryDetails => ({ name: '', phone: '', country, region: '', city: '', street: '', postcode: '', note: '' });

export function faultOf(field: AddressField, value = ''): AddressFault | null {
	const text = value.trim();
	if (text === '') return REQUIRED.has(field) ? 'missing' : null;
	if (text.length > LIMITS[field]) return 'tooLong';
	if (field === 'taxId') return TAX_ID.test(text) ? null : 'taxId';
	return field === 'phone' && !PHONE.test(text) ? 'phone' : null;
}

/** The first field that is wrong, in the order of the form. */
export function firstFault(address: DeliveryDetails): AddressField | null {
	return (Object.keys(LIMITS) as AddressField[]).find((field) => faultOf(field, address[field]) !== null) ?? null;
}

/** As it is sent: without spaces around, and without what a person leaves out. */
export function trimmed(address: DeliveryDetails): DeliveryDetails {
	const { company, taxId, ...rest } = Object.fromEntries(Object.entries(address).map(([field, value]) => [field, value.trim()])) as DeliveryDetails;
	return { ...rest, ...(company && { company }), ...(taxId && { taxId }) };
}

/** The address last used in this browser, if the person let it be kept. It never leaves the device by itself. */
export function rememberedAddress(): DeliveryDetails | null {
	try {
		const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<DeliveryDetails> | null;
		if (!stored || typeof stored !== 'object') return null;
		const address = { ...emptyAddress('CN'), ...stored };
		return firstFault(address) === null ? address : null;
	} catch {
		return null;
	}
}

/** What was typed in this tab and not used yet: a reload or a look back at the product must not empty the form. */
export function typedAddress(): DeliveryDetails | null {
	try {
		const stored = JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null') as Partial<DeliveryDetails> | null;
		return stored && typeof stored === 'object' ? { ...emptyAddress('CN'), ...stored } : null;
	} catch {
		return null;
	}
}

/** Ends with the tab, or with `null` once the address was used. */
export function keepTyped(address: DeliveryDetails | null) {
	try {
		if (address) sessionStorage.setItem(DRAFT, JSON.stringify(address));
		else sessionStorage.removeItem(DRAFT);
	} catch {
		// Storage is full or forbidden: the form does not survive a reload.
		return;
	}
}

export function rememberAddress(address: DeliveryDetails | null) {
	document.cookie = `${ADDRESS_COOKIE}=${address ? 1 : ''}; Path=/checkout; Max-Age=${address ? 31_536_000 : 0}; SameSite=Lax`;
	try {
		if (address) localStorage.setItem(KEY, JSON.stringify(address));
		else localStorage.removeItem(KEY);
	} catch {
		// Storage is full or forbidden: the form is simply empty next time.
		return;
	}
}
