// What other pages buy in place with: the checkout's parts without its page.

export { default as AddressBlock } from '../AddressBlock.svelte';
export { default as AddressForm } from '../AddressForm.svelte';
export { default as AddressText } from '../AddressText.svelte';
export {
	type AddressField,
	emptyAddress,
	firstFault,
	rememberAddress,
	rememberedAddress,
	trimmed,
	typedAddress,
} from '../address.ts';
export { Payment, preparePayment } from '../checkout.svelte.ts';
export { default as PayNotices } from '../PayNotices.svelte';
export { default as PayPromise } from '../PayPromise.svelte';
export { default as DropOffer } from './DropOffer.svelte';
