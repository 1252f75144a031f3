import type { Secret } from "@/lib/config/types";
import type { HaproxyFacts } from "@/lib/domain/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { type HttpAnswer, httpGet } from "@/lib/sources/shared/http";
import { parseStatsCsv } from "./csv";
import { toHaproxyFacts } from "./map";

export type HaproxyLookOptions = {
  /** Address of the statistics page (`stats uri`), with or without `;csv` behind it. */
  readonly stats: string;
  readonly username: string | null;
  readonly password: Secret | null;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Some 500 bytes a line: room for many thousand servers. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads one HAProxy process's statistics page as CSV (2.4 to 3.x).
 *
 * Failures: `unauthorized` (401), `forbidden` (403), `http-status`, `malformed` (another page answers there), and those of
 * `httpGet`.
 */
export async function getHaproxyFacts(options: HaproxyLookOptions): Promise<Result<HaproxyFacts>> {
  const { stats, username, password, timeoutMs, signal } = options;
  const answer = await httpGet({ url: csvUrl(stats), username, password, timeoutMs, maxBytes: MAX_BYTES, signal });
  return answer.ok ? toFacts(answer.value) : answer;
}

/** HAProxy's modifiers follow the configured URI after a semicolon, behind a query too (`/haproxy?stats;csv`). */
export function csvUrl(stats: string): string {
  if (!URL.canParse(stats)) return stats;
  const { origin, pathname, search } = new URL(stats);
  return `${origin}${(pathname + search).replace(/;.*$/, "")};csv;norefresh`;
}

function toFacts({ status, headers, body }: HttpAnswer): Result<HaproxyFacts> {
  if (status === 401) return failed("unauthorized", "the statistics page answers 401");
  if (status === 403) return failed("forbidden", "the statistics page answers 403");
  if (status !== 200) return failed("http-status", `${status}, expected 200 from the statistics page`);
  const rows = parseStatsCsv(body);
  if (rows) return ok(toHaproxyFacts(rows));
  const type = headers["content-type"] ?? "no content type";
  return failed("malformed", `expected HAProxy's statistics as CSV (first line "# pxname,svname,…"), got ${type}`);
}

const failed = (...[kind, remark]: Parameters<typeof failureText>): Result<HaproxyFacts> => ({
  ok: false,
  failure: failureText(kind, remark),
});
