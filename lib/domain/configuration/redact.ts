/** What stands in the place of a secret. */
export const HIDDEN = "[secret]";

const SECRET_KEY = /passw|secret|token|passfile|passphrase|private_?key|credential/i;
/** `password=…` in a connection string, quoted or not; a quoted value may carry escaped quotes. */
const IN_CONNINFO =
  /\b(\w*(?:password|passfile|secret|token)\w*)\s*=\s*('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"&;]+)/gi;
const IN_URL = /\/\/([^\s/@:]*):[^\s/@]*@/g;

/**
 * Plain JSON without its secrets: whatever stands under a key that is named like one, and passwords inside of connection strings,
 * URLs and commands. Keys and shape stay, so that a difference still shows where it is.
 */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRET_KEY.test(key) && isTold(inner) ? HIDDEN : redact(inner)]),
  );
}

export const redactText = (text: string): string =>
  text.replace(IN_URL, `//$1:${HIDDEN}@`).replace(IN_CONNINFO, `$1=${HIDDEN}`);

/** PostgreSQL has settings such as `password_encryption: on`; words of its own vocabulary are no secret. */
const isTold = (value: unknown): boolean =>
  value !== null && typeof value !== "boolean" && !/^(on|off|md5|scram-sha-256)$/.test(String(value));
