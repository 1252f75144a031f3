import { createTranslator } from "use-intl/core";
import type { Locale } from "./locale";

/** One language's texts by section, as read from `messages/<locale>.json`. */
export type Catalogue = { readonly [section: string]: unknown };
export type Params = Readonly<Record<string, string | number>>;

/** Looks a text up by its full key (`section.name`) and fills it in. */
export type Translate = {
  (key: string, params?: Params): string;
  readonly locale: Locale;
  has(key: string): boolean;
};

/**
 * Makes the translator of one language. A key that is missing, or a text that cannot be filled in, yields the key itself:
 * ugly, but never an empty place where a warning should stand. `onProblem` hears of it.
 */
export function createT(
  locale: Locale,
  catalogue: Catalogue,
  onProblem: (problem: string) => void = () => undefined,
): Translate {
  const translator = createTranslator({
    locale,
    messages: catalogue as Record<string, Record<string, string>>,
    timeZone: "UTC",
    onError: (error) => onProblem(error.message),
    getMessageFallback: ({ key }) => key,
  });
  // Keys come from the domain as plain text; a test holds that each exists in every language.
  const translate = (key: string, params?: Params): string => translator(key as never, params as never);
  return Object.assign(translate, { locale, has: (key: string) => translator.has(key as never) });
}

/** Text of a domain message: a key and what it is filled with. */
export function messageText(t: Translate, message: { readonly key: string; readonly params: Params }): string {
  return t(message.key, message.params);
}
