import { redact } from "@/lib/sources/shared/failure";

/** Shorter than this a part of an address is no secret, and taking it out would only maim the text. */
const PART_CHARS_MIN = 8;
const VALUE_CHARS_MIN = 4;

/**
 * A receiver's own words as one short line without markup and without any of `secrets`. Receivers repeat what they were sent:
 * proxies print the path that they do not know, and the path of a Slack webhook is its password.
 */
export function scrub(text: string, secrets: readonly string[]): string {
  const words = text
    .replace(/<(style|script|title)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]{0,500}>/g, " ")
    .slice(0, 4_000);
  const longestFirst = [...new Set(secrets)].filter((one) => one.length >= VALUE_CHARS_MIN);
  longestFirst.sort((a, b) => b.length - a.length);
  return redact(longestFirst.reduce((all, secret) => all.replaceAll(secret, "[secret]"), words));
}

/** Everything of an address but its host: the whole, its path and query, and each long part of them, encoded and decoded. */
export function secretsOfUrl(address: string): string[] {
  if (!URL.canParse(address)) return [address];
  const { href, pathname, search, searchParams } = new URL(address);
  const long = (part: string) => part.length >= PART_CHARS_MIN;
  const parts = [...pathname.split("/").filter(long), ...[...searchParams.values()].filter(long)];
  const whole = [address, href, `${pathname}${search}`, pathname, search].filter(long);
  return [...whole, ...parts].flatMap((one) => [one, decoded(one), encodeURIComponent(one)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
