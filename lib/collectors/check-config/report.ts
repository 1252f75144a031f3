import { type Message, message } from "@/lib/domain/message";
import type { SourceFailure } from "@/lib/domain/observation";

export const SUBJECTS = [
  "auth",
  "dcs",
  "dcs-member",
  "seed",
  "patroni",
  "rest",
  "postgres",
  "pgbouncer",
  "haproxy",
  "vip",
  "client-eye",
  "backups",
  "members",
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** `good`: reached, nothing missing. `warn`: reached, something missing. `bad`: of no use. `note`: good to know. */
export type CheckStatus = "good" | "warn" | "bad" | "note";

/** One configured thing: whether it was reached, as whom, and what to do about what is missing. No secret in any part. */
export type CheckLine = {
  readonly subject: Subject;
  readonly status: CheckStatus;
  /** Name of the thing where there are several, for example a member's. */
  readonly name: string | null;
  readonly address: string | null;
  readonly text: Message;
  /** What the system itself said, in its own words. */
  readonly said: string | null;
  readonly advice: Message | null;
};

export type ClusterReport = { readonly scope: string; readonly title: string; readonly lines: readonly CheckLine[] };
export type CheckReport = { readonly general: readonly CheckLine[]; readonly clusters: readonly ClusterReport[] };

/** Where a line belongs. */
export type Place = Pick<CheckLine, "subject" | "name" | "address">;

type Params = Message["params"];

export function line(
  place: Place,
  status: CheckStatus,
  key: string,
  params: Params = {},
  advice: Message | null = null,
): CheckLine {
  return { ...place, status, text: message(`cli.check.${key}`, params), said: null, advice };
}

export const advise = (key: string, params: Params = {}): Message => message(`cli.check.advice.${key}`, params);

/** Suggestions that depend on what failed; others speak for themselves. */
const ADVICE: Readonly<Partial<Record<Subject, Readonly<Partial<Record<SourceFailure["kind"], string>>>>>> = {
  dcs: { unauthorized: "dcsPassword", forbidden: "dcsRights", "no-quorum": "dcsQuorum", tls: "tls" },
  "dcs-member": { unauthorized: "dcsPassword", forbidden: "dcsStatusRights", tls: "tls" },
  seed: {
    "wrong-identity": "otherCluster",
    tls: "tls",
    forbidden: "allowlist",
    malformed: "notPatroni",
    "http-status": "notPatroni",
  },
  patroni: { "wrong-identity": "otherMember", tls: "tls", forbidden: "allowlist" },
  postgres: { unauthorized: "postgresPassword", "insufficient-privilege": "pgMonitor", tls: "postgresTls" },
  pgbouncer: { unauthorized: "pgbouncerUser", refused: "pgbouncerPort" },
  haproxy: { unauthorized: "haproxyPassword", malformed: "haproxyPage", "http-status": "haproxyPage" },
  vip: {},
  backups: {
    "insufficient-privilege": "backupFunction",
    unsupported: "backupMissing",
    unauthorized: "backupKey",
    "wrong-identity": "backupHostKey",
  },
  "client-eye": {
    unauthorized: "clientEyePassword",
    unsupported: "clientEyeDatabase",
    tls: "postgresTls",
  },
};
const ADVICE_FOR_ANY: Readonly<Partial<Record<SourceFailure["kind"], string>>> = {
  refused: "refused",
  unreachable: "unreachable",
  timeout: "unreachable",
  dns: "dns",
};

/** The line of a look that gave nothing. */
export function failed(place: Place, failure: SourceFailure, params: Params = {}): CheckLine {
  const advice = ADVICE[place.subject]?.[failure.kind] ?? ADVICE_FOR_ANY[failure.kind];
  return {
    ...place,
    // Who answers "not permitted" is there; only a part of what it could say is missing.
    status: place.subject === "dcs-member" && failure.kind === "forbidden" ? "warn" : "bad",
    text: message(`failure.${failure.kind}`),
    said: failure.text,
    advice: advice ? advise(advice, { address: place.address ?? "", ...params }) : null,
  };
}

/** 0: nothing is missing; 1: something is. */
export function exitCodeOf({ general, clusters }: CheckReport): 0 | 1 {
  const lines = [...general, ...clusters.flatMap((cluster) => cluster.lines)];
  return lines.some(({ status }) => status === "bad" || status === "warn") ? 1 : 0;
}
