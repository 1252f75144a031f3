import { message, selector } from "../../../message";
import type { FailureKind } from "../../../observation";
import type { SourceView } from "../../../snapshot";
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

/** A source of ours that has not answered for three of its beats, or never. */
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
  const severity = source.error && OURS.has(source.error.kind) ? "warn" : "unknown";
  const params = { source: selector(source.kind), target: source.target, failure: selector(kind) };
  const text = message("finding.source-silent.text", { ...params, never: never ? "yes" : "no" });
  return [{ severity, subject: subject("source", source.id, member), text, evidence: [{ text, sourceId: source.id }] }];
}
