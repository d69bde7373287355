// What chooses a variant and a quantity, wherever goods are bought.
export { default as QuantityStepper } from './QuantityStepper.svelte';
export { default as VariantPicker } from './VariantPicker.svelte';
export { firstChoice, offerOfChoice } from './variants.ts';
export { default as WaitButton } from './WaitButton.svelte';
