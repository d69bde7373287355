export * from './api.ts';
export * from './authorization.ts';
export * from './forward-request.ts';
export * from './refusals.ts';
export * from './sign-in.ts';
export * from './signers.ts';
export * from './user-operation.ts';
export * from './webauthn.ts';
