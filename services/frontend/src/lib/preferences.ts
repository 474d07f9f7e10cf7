import type { Language } from "@/lib/i18n/languages";

/** How the interface looks is decided on the server, so that nothing flickers: cookies tell it, and scripts may set them. */
export const LANGUAGE_COOKIE = "language";
export const THEME_COOKIE = "theme";

/** Of what an operating system draws around the app: the accent of globals.css. */
export const THEME_COLOR = "#0d6657";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  language: Language;
  theme: Theme;
}

export function isTheme(value: unknown): value is Theme {
  return THEMES.includes(value as Theme);
}

const ONE_YEAR_S = 31_536_000;

/** Keeps them in this browser. What is on the screen follows with the next load. */
export function keepPreferences({ language, theme }: Partial<Preferences>): void {
  for (const [name, value] of [
    [LANGUAGE_COOKIE, language],
    [THEME_COOKIE, theme],
  ]) {
    if (value) document.cookie = `${name}=${value}; Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax`;
  }
}
