export { getAddress, stringToHex } from 'viem';
export { createSiweMessage } from 'viem/siwe';
