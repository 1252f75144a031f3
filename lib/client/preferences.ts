import type { Locale } from "@/lib/format/locale";

export type Theme = "light" | "dark" | "system";

export const THEME_COOKIE = "matriarch-theme";
export const LOCALE_COOKIE = "matriarch-locale";
/** Heard on `window` when the theme was switched, with the theme as its detail. */
export const THEME_EVENT = "matriarch:theme";
const YEAR_SECONDS = 31_536_000;

export const isTheme = (value: unknown): value is Theme => value === "light" || value === "dark" || value === "system";

function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that walls still run
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** Switches at once and remembers in a cookie, so that the server draws the next page in it and nothing flashes. */
export function chooseTheme(theme: Theme): void {
  remember(THEME_COOKIE, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  window.dispatchEvent(new CustomEvent<Theme>(THEME_EVENT, { detail: theme }));
}

/** Remembers the language; the caller asks the server for the page anew. */
export function chooseLocale(locale: Locale): void {
  remember(LOCALE_COOKIE, locale);
}
