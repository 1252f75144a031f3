import { isIP } from "node:net";
import { z } from "zod";
import { parseDurationMs } from "./duration";
import { parseSizeBytes } from "./size";

/** The leaves of the schema. Every message says what is expected; what was found is said by `problem.ts`, which knows secrets. */

/** A map in which unknown keys are mistakes. */
export function map<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `one of the keys ${known}` : `a map with the keys ${known}`,
  });
}

export function list<T extends z.ZodType>(of: T, what: string) {
  return z.array(of, { error: `a list of ${what}` });
}

export function text(expected = "a text") {
  return z.string({ error: `${expected} (numbers and special characters in quotes)` }).min(1, { error: expected });
}

/** A secret given in place; its length is nobody's business, but it may not be empty. */
export const secret = () => text("a text that is not empty").optional();
/** The path of a file that holds a secret, taken from the folder of the configuration when it is relative. */
export const secretFile = () => text("the path of a file").optional();

export function oneOf<const V extends readonly [string, ...string[]]>(values: V) {
  return z.enum(values, { error: `one of ${values.join(", ")}` });
}

/** A whole number; digits as text are accepted too, because `${PORT}` is one. */
export function whole(min: number, max: number, expected: string) {
  const number = z.number({ error: expected }).int({ error: expected }).min(min, { error: expected });
  return z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value),
    number.max(max, { error: expected }),
  );
}

export const port = () => whole(1, 65_535, "a port from 1 to 65535");

export const flag = () =>
  z.preprocess(
    (value) => (value === "true" ? true : value === "false" ? false : value),
    z.boolean({ error: "true or false" }),
  );

/** A duration between `minMs` and `maxMs`, in ms. */
export function duration(minMs: number, maxMs: number) {
  const expected = `a duration with its unit from ${minMs}ms to ${maxMs / 1000}s, such as 500ms or 2s`;
  return z.string({ error: expected }).transform((value, context) => {
    const ms = parseDurationMs(value);
    if (ms !== null && ms >= minMs && ms <= maxMs) return ms;
    context.addIssue({ code: "custom", message: expected });
    return z.NEVER;
  });
}

/** A size in bytes, written with its unit. */
export function size() {
  const expected = "a size with its unit, such as 64MB or 2GB";
  return z.string({ error: expected }).transform((value, context) => {
    const bytes = parseSizeBytes(value);
    if (bytes !== null) return bytes;
    context.addIssue({ code: "custom", message: expected });
    return z.NEVER;
  });
}

/** An http(s) URL without user, password, query or fragment. Comes out as a `URL`. */
function httpUrl(expected: string, accept: (url: URL) => boolean) {
  return z.string({ error: expected }).transform((value, context) => {
    const url = /^https?:\/\/[^/]/.test(value) && URL.canParse(value) ? new URL(value) : null;
    if (url && !url.username && !url.password && !url.search && !url.hash && accept(url)) return url;
    context.addIssue({ code: "custom", message: expected });
    return z.NEVER;
  });
}

/** An address such as `http://10.0.0.1:8008`; comes out as an origin without a trailing slash. */
export const origin = (example: string) =>
  httpUrl(
    `an http:// or https:// address with nothing behind the port, such as ${example} (user and password have keys of their own)`,
    (url) => url.pathname === "/",
  ).transform((url) => url.origin);

export const pageUrl = (example: string) =>
  httpUrl(
    `an http:// or https:// address, such as ${example} (user and password have keys of their own)`,
    () => true,
  ).transform((url) => url.href);

/** A host and a port, such as `10.0.0.1:9999` or `[fe80::1]:9999`; comes out as it is. */
export const hostPort = (example: string) => {
  const expected = `a host and a port, such as ${example}`;
  return text(expected).refine(
    (value) => {
      const [, host = "", digits = ""] = /^(\[[0-9A-Fa-f:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/.exec(value) ?? [];
      const inside = host.startsWith("[") ? host.slice(1, -1) : null;
      return host !== "" && (inside === null || isIP(inside) === 6) && Number(digits) >= 1 && Number(digits) <= 65_535;
    },
    { error: expected },
  );
};

export const ipAddress = () =>
  text("an IP address without a prefix length, such as 10.0.0.200").refine((value) => isIP(value) !== 0, {
    error: "an IP address without a prefix length, such as 10.0.0.200",
  });
