import { createTranslator } from "use-intl/core";
import type { Message } from "@/lib/domain/message";
import en from "@/messages/en.json";

const translate = createTranslator({ locale: "en", messages: en, timeZone: "UTC" }) as (
  key: string,
  params?: Message["params"],
) => string;

/** Renders a domain message in English, for the API's plain sentences; screens render it in the reader's language. */
export const english = (text: Message): string => translate(text.key, text.params);
