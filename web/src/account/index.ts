export { default as AccountCard } from './AccountCard.svelte';
export { type AddressProblem, addressProblem, sameAddress } from './address.ts';
export { default as DeliveryMemory } from './DeliveryMemory.svelte';
export { default as Ledger } from './Ledger.svelte';
export { default as MoneyCard } from './MoneyCard.svelte';
export { default as PasskeyList } from './PasskeyList.svelte';
export { default as WalletCard } from './WalletCard.svelte';
