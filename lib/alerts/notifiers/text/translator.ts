import type { Locale } from "@/lib/format/locale";
import { createT, type Translate } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const made: Readonly<Record<Locale, Translate>> = { en: createT("en", en), ru: createT("ru", ru) };

/** Texts in a receiver's language. */
export const translatorOf = (locale: Locale): Translate => made[locale];
