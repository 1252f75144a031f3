import type { Locale } from "@/lib/format/locale";
import { createT, type Translate } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

/** The translator for a terminal, by `LC_ALL`, `LC_MESSAGES` or `LANG`; English where they name no language of ours. */
export function cliTranslate(env: Readonly<Record<string, string | undefined>>): Translate {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  const locale: Locale = /^ru([_.@-]|$)/i.test(wanted) ? "ru" : "en";
  return createT(locale, locale === "ru" ? ru : en);
}
