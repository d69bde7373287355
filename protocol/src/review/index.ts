export * from './content.ts';
export * from './views.ts';
