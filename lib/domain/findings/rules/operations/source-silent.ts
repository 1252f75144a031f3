import { message, selector } from "../../../message";
import type { FailureKind, SourceKind } from "../../../observation";
import type { SourceView } from "../../../snapshot";
import type { RunbookId } from "../../finding";
import type { FindingDraft, FindingRule } from "../../rule";
import { isOnHost } from "../../silent-host";
import { subject } from "../../subject";

/** Failures that someone has to set right, as against those of a system that cannot be seen. */
const OURS: ReadonlySet<FailureKind> = new Set([
  "unauthorized",
  "forbidden",
  "insufficient-privilege",
  "tls",
  "malformed",
  "too-large",
  "wrong-identity",
  "unsupported",
]);

/** A restart of a program, or a look that fell into one, passes by itself; a refused password does not. */
const HOLD_MS = 15_000;
const HOLD_OURS_MS = 5_000;

/** What brings the program back that may be down there. */
const RUNBOOK_OF: Readonly<Partial<Record<SourceKind, RunbookId>>> = {
  dcs: "no-leader",
  "dcs-member": "node-returns",
  patroni: "patroni-does-not-start",
  postgres: "patroni-does-not-start",
  haproxy: "routing-failure",
  pgbouncer: "routing-failure",
  vip: "routing-failure",
  "client-eye": "routing-failure",
};

/**
 * A source of ours that has not answered for three of its beats, or never. Which runbook hangs on what it is; none where it answers and
 * refuses us: then the dashboard's configuration, or its rights there, want a change.
 */
export const sourceSilent: FindingRule = {
  id: "source-silent",
  group: "operations",
  runbook: null,
  aboutSilence: true,
  find({ picture: { members, sources } }) {
    return sources.flatMap((source) => {
      const member = members.find((one) => source.target === one.name || isOnHost(source, one))?.name ?? null;
      return ofSource(source, member);
    });
  },
};

function ofSource(source: SourceView, member: FindingDraft["subject"]["member"]): FindingDraft[] {
  const never = source.lastOkAt === null && source.error !== null;
  if (!source.stale && !never) return [];
  const kind = source.error?.kind ?? "none";
  const isOurs = source.error !== null && OURS.has(source.error.kind);
  const params = { source: selector(source.kind), target: source.target, failure: selector(kind) };
  const text = message("finding.source-silent.text", { ...params, never: never ? "yes" : "no" });
  return [
    {
      severity: isOurs ? "warn" : "unknown",
      subject: subject("source", source.id, member),
      text,
      evidence: [{ text, sourceId: source.id }],
      holdMs: isOurs ? HOLD_OURS_MS : HOLD_MS,
      runbook: isOurs ? null : (RUNBOOK_OF[source.kind] ?? null),
    },
  ];
}
