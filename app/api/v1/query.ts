import { problemResponse } from "@/lib/contract/problem";
import type { EpochMs } from "@/lib/domain/ids";

/** Reads the parameters of a request. `bad` names the first that cannot be read; until it was asked nothing may be answered. */
export type Query = {
  /** A moment in ISO 8601 or epoch ms; null where it is not given. */
  moment(name: string): EpochMs | null;
  /** A moment that must be given; 0 beside a problem. */
  needed(name: string): EpochMs;
  whole(name: string, range: { readonly min: number; readonly max: number }): number | null;
  text(name: string, maxLength: number): string | null;
  /** Values of a parameter that may be repeated, or listed with commas; null where it is not given. */
  list<T extends string>(name: string, allowed: readonly T[]): readonly T[] | null;
  /** The answer for what could not be read; null when all could. */
  bad(): Response | null;
};

export function queryOf(request: Request): Query {
  const params = new URL(request.url).searchParams;
  let problem: string | null = null;
  const fail = (name: string, expected: string): null => {
    problem ??= `${name}: expected ${expected}, got ${JSON.stringify((params.get(name) ?? "").slice(0, 100))}.`;
    return null;
  };
  const given = (name: string): string | null => {
    const text = params.get(name)?.trim() ?? "";
    return text === "" ? null : text;
  };
  const moment = (name: string): EpochMs | null => {
    const text = given(name);
    if (text === null) return null;
    const ms = /^\d{11,15}$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms) ? fail(name, "a time in ISO 8601") : ms;
  };
  return {
    moment,
    needed: (name) => (given(name) === null ? fail(name, "a time in ISO 8601") : moment(name)) ?? 0,
    whole(name, { min, max }) {
      const text = given(name);
      if (text === null) return null;
      const value = Number(text);
      const fits = Number.isInteger(value) && value >= min && value <= max;
      return fits ? value : fail(name, `a whole number from ${min} to ${max}`);
    },
    text(name, maxLength) {
      const text = given(name);
      return text !== null && text.length > maxLength ? fail(name, `at most ${maxLength} characters`) : text;
    },
    list(name, allowed) {
      const values = params
        .getAll(name)
        .flatMap((value) => value.split(","))
        .map((value) => value.trim())
        .filter(Boolean);
      if (values.length === 0) return null;
      const known = allowed.filter((value) => values.includes(value));
      const stranger = values.find((value) => !allowed.some((one) => one === value));
      return stranger === undefined ? known : fail(name, `some of ${allowed.join(", ")}`);
    },
    bad: () => (problem === null ? null : problemResponse("bad-request", problem)),
  };
}

/** A window of at most `maxMs`; answers a problem where it is not one. */
export function windowOf(query: Query, maxMs: number): { readonly from: EpochMs; readonly to: EpochMs } | Response {
  const [from, to] = [query.needed("from"), query.needed("to")];
  const bad = query.bad();
  if (bad) return bad;
  if (to < from) return problemResponse("bad-request", "to: expected a time that is not before `from`.");
  if (to - from > maxMs) {
    return problemResponse("bad-request", `to: expected at most ${maxMs / 3_600_000} hours after \`from\`.`);
  }
  return { from, to };
}
