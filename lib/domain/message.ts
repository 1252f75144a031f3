/**
 * A sentence for a person, as a key into `messages/*.json` and the values it is filled with. The domain never composes
 * text itself: the same observation must read well in every language.
 */
export type Message = {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
};

export const message = (key: string, params: Message["params"] = {}): Message => ({ key, params });
