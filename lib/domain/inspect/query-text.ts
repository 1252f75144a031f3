/** The most characters of a query that are kept. */
export const QUERY_CHARS_MAX = 2_000;
const HIDDEN = "[secret]";

/**
 * Comments and blanks may stand between a word and its value. Every alternative begins with another character and ends in one
 * way only: a pattern that could be matched in two would take for ever on a hostile query.
 */
const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/))*\*/|--[^\n]*(?:\n|$))*`;
/** A literal of any kind, also one that was cut off: a secret's beginning is a secret too. */
const LITERAL = String.raw`(?:(?:E|N|U&)?'(?:[^'\\]|''|\\[\s\S])*(?:'|\\?$)|(\$\w*\$)[\s\S]*?(?:\2|$))`;

const PASSWORD_CLAUSE = new RegExp(String.raw`\b(password${GAP}(?:=${GAP})?)${LITERAL}`, "gi");
const ENCODED = /(?:SCRAM-SHA-256\$|\bmd5(?=[0-9a-f]{32}))[^'"\s]*/gi;
/** Inside of another literal (a connection string, dynamic SQL) quotes are doubled. */
const DOUBLED_CLAUSE = new RegExp(String.raw`\b(password${GAP}(?:=${GAP})?)''[^']+(?:''|$)`, "gi");
const BARE_WORD = /\b((?:ssl)?password\s*=\s*)[^\s'";)\][]+/gi;
const URL_LOGIN = /([a-z][\w+.-]*:\/\/[^\s:/@'"]*):[^\s@'"]+@/gi;

/**
 * A query as it may be shown: no password in a literal, a connection string or an address, nothing that would draw over its
 * surroundings (control and direction characters), at most {@link QUERY_CHARS_MAX} characters.
 */
export function shownQuery(text: string): { readonly text: string; readonly cut: boolean } {
  const safe = plainText(
    text
      .slice(0, 2 * QUERY_CHARS_MAX)
      .replace(DOUBLED_CLAUSE, `$1${HIDDEN}`)
      .replace(PASSWORD_CLAUSE, `$1'${HIDDEN}'`)
      .replace(BARE_WORD, `$1${HIDDEN}`)
      .replace(ENCODED, HIDDEN)
      .replace(URL_LOGIN, `$1:${HIDDEN}@`),
  ).trim();
  const cut = text.length > 2 * QUERY_CHARS_MAX || safe.length > QUERY_CHARS_MAX;
  return { text: safe.slice(0, QUERY_CHARS_MAX), cut };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text of others without characters that are not seen but act; line ends and tabs stay. */
export const plainText = (text: string): string => text.replace(/\r\n?/g, "\n").replace(UNSEEN, "\ufffd");
