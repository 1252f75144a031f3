/**
 * A sentence for a person, as a key into `messages/*.json` and the values it is filled with. The domain never composes
 * text itself: the same observation must read well in every language.
 */
export type Message = {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
};

/** A kebab-case word as a selector of an ICU `select`, whose names must not carry hyphens: `sync-standby` → `sync_standby`. */
export const selector = (word: string): string => word.replaceAll("-", "_");

export const message = (key: string, params: Message["params"] = {}): Message => ({ key, params });
