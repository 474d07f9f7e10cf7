/** The language of the interface: the first is the one for everyone whose own isn't among them. */
export const LANGUAGES = ["en", "ur"] as const;
export type Language = (typeof LANGUAGES)[number];

/** BCP 47 tags for Intl; `nu` asks for Urdu's own digits, which Pakistan's locale data leave out. */
export const LOCALES: Record<Language, string> = { en: "en-US", ur: "ur-PK-u-nu-arabext" };
export const DIRECTIONS: Record<Language, "ltr" | "rtl"> = { en: "ltr", ur: "rtl" };
/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", ur: "اردو" };

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** The first of a browser's languages (RFC 9110, section 12.5.4) that we speak. */
export function acceptedLanguage(header: string | null): Language {
  const wanted = (header ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  return wanted.map(({ language }) => language).find(isLanguage) ?? LANGUAGES[0];
}
