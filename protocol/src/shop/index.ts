export * from './content.ts';
export * from './offer-id.ts';
export * from './operation-steps.ts';
export * from './parcel.ts';
export * from './pledge.ts';
export * from './tax-table.ts';
export * from './tax-templates.ts';
export * from './views.ts';
