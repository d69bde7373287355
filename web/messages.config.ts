/** How messages become functions: the same for builds, development and `npm run sync`, else each would name another cookie. */
export const messagesConfig = {
	project: './project.inlang',
	outdir: './src/platform/i18n/paraglide',
	strategy: ['cookie' as const, 'preferredLanguage' as const, 'baseLocale' as const],
	cookieName: 'kaishi_locale',
};
