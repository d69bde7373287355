export * from './content.ts';
export * from './offer-id.ts';
export * from './views.ts';
