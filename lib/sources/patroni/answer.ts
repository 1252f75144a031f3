import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { memberName } from "@/lib/domain/ids";

type Path = Extract<Call, { readonly system: "patroni" }>["path"];
type Meaning = Pick<CallAnswer, "kind" | "member">;

/** `Successfully switched over to "pg2"`, `Failed over to "x" instead of "y"`: the last is no failure. */
const AS_ASKED = /Successfully (?:switched|failed) over to "(.+)"\s*$/;
const OTHERWISE = /(?:Switched|Failed) over to "(.+)" instead of ".*"\s*$/;

/** Words of a 503 or 500 that say that nothing was begun. */
const NOT_BEGUN =
  /already in progress|restart conditions are not satisfied|can not reinitialize|Can't schedule restart/;

/**
 * What an answer of Patroni (3.0 to 4.1, `patroni/api.py`) to something that acts means. The status decides where it can; a 503
 * stands for a refusal, for a failure and for "not known yet", told apart by their words alone. Words that we do not know leave it
 * unknown: it may still happen.
 */
export function answerOf(path: Path, status: number, text: string): Meaning {
  if (status === 202) return { kind: path === "/reload" ? "accepted" : "scheduled", member: null };
  if (status >= 200 && status < 300) return meaningOfSuccess(path, text);
  // 502 and 504 are a proxy's: what stands behind it may have acted.
  if (status === 502 || status === 504) return { kind: "unknown", member: null };
  // An exception within the restart; its other 400s are refusals.
  if (status === 400 && path === "/restart" && /^\s*restart failed/.test(text)) return { kind: "failed", member: null };
  if (status === 501 || (status >= 300 && status < 500)) return { kind: "refused", member: null };
  return { kind: meaningOfTrouble(path, text), member: null };
}

function meaningOfSuccess(path: Path, text: string): Meaning {
  const otherwise = OTHERWISE.exec(text)?.[1];
  if (otherwise !== undefined) return { kind: "done-otherwise", member: memberName(otherwise) };
  const asAsked = AS_ASKED.exec(text)?.[1];
  if (asAsked !== undefined) return { kind: "done", member: memberName(asAsked) };
  return { kind: path === "/reinitialize" || path === "/reload" ? "accepted" : "done", member: null };
}

function meaningOfTrouble(path: Path, text: string): CallAnswer["kind"] {
  if (NOT_BEGUN.test(text)) return "refused";
  // Past its own time limit: PostgreSQL is on its way up.
  if (/still starting/.test(text)) return "accepted";
  if (/^\s*(Switchover|Failover|restart) failed/.test(text)) return "failed";
  // The key `config` is missing in the DCS; nothing was written.
  if (path === "/config") return "refused";
  return "unknown";
}
