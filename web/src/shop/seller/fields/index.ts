export { default as AddressField } from '../AddressField.svelte';
export { default as LocalTextInput } from '../LocalTextInput.svelte';
export { default as PicturePicker } from '../PicturePicker.svelte';
