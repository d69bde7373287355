export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const THEME_COOKIE = 'kaishi_theme';

export function themeOf(value: string | undefined): Theme {
	return themes.find((theme) => theme === value) ?? 'system';
}

/** Shows the theme at once and remembers it for a year; the next page then comes in it from the server. */
export function applyTheme(theme: Theme) {
	document.documentElement.dataset.theme = theme;
	document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
}
