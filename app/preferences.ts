import "server-only";
import { cookies, headers } from "next/headers";
import { isTheme, LOCALE_COOKIE, THEME_COOKIE, type Theme } from "@/lib/client/preferences";
import { type Locale, pickLocale } from "@/lib/format/locale";
import { type Catalogue, createT, type Translate } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ru };
/** Texts of the command line and of the server's own errors: no page shows them. */
const SERVER_ONLY = new Set(["cli", "config"]);

/** The reader's language, by choice or by the browser. */
export async function readerLocale(): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return pickLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
}

/** The reader's theme; `system` until one was chosen. */
export async function readerTheme(): Promise<Theme> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : "system";
}

/** The texts that pages need, in one language. */
export function pageCatalogue(locale: Locale): Catalogue {
  return Object.fromEntries(Object.entries(CATALOGUES[locale]).filter(([section]) => !SERVER_ONLY.has(section)));
}

/** A translator for what the server draws by itself: titles, notices. */
export async function serverT(): Promise<Translate> {
  const locale = await readerLocale();
  return createT(locale, CATALOGUES[locale]);
}
