import type { PlanContext } from "../../actions/facts";
import type { CheckEvidence } from "../../actions/plan";
import { sourceId } from "../../evidence/evidence";
import { type Instant, instant, type MemberName } from "../../ids";
import { type Message, message } from "../../message";
import { type Known, know, type Look, type SourceKind } from "../../observation";
import { failed, spelt } from "./amounts";
import { dcsOf, patroniOf, postgresOf, serverOf } from "./look";

/** Evidence in words: what each source said last, and when. What is stale is told with its age, and what is missing with its reason. */

export function seenDcs(context: PlanContext): CheckEvidence {
  const target = context.state.dcs.target;
  return told(dcsOf(context), context.state.dcs.source, target, ({ leader, revision, members }, since) =>
    message("preflight.seen.dcs", {
      ...since,
      leader: leader?.name ?? "none",
      held: leader ? 1 : 0,
      revision: leader?.modRevision ?? revision ?? "–",
      count: members.length,
    }),
  );
}

export function seenPatroni(context: PlanContext, member: MemberName): CheckEvidence {
  return told(patroniOf(context, member), "patroni", member, (status, since) =>
    message("preflight.seen.patroni", {
      ...since,
      member,
      role: spelt(status.role),
      state: status.replicationState ? spelt(status.replicationState) : spelt(status.state),
      timeline: status.timeline ?? "?",
    }),
  );
}

export function seenPostgres(context: PlanContext, member: MemberName): CheckEvidence {
  return told(postgresOf(context, member), "postgres", member, (facts, since) =>
    message("preflight.seen.postgres", {
      ...since,
      member,
      recovery: facts.inRecovery ? 1 : 0,
      timeline: facts.timeline ?? "?",
      lsn: (facts.inRecovery ? facts.receivedLsn : facts.lsn) ?? "?",
    }),
  );
}

/** What PostgreSQL was asked for this plan alone: no source of the picture stands behind it. */
export function seenServer(context: PlanContext, member: MemberName): CheckEvidence {
  const known = serverOf(context, member);
  if (known.state === "unknown") return { sourceId: null, text: silent("postgres", member, known.failure), at: null };
  return { sourceId: null, text: message("preflight.seen.server", { member }), at: instant(known.at) };
}

/** Any other look of the state, told only by that it answered. */
export function seenLook(context: PlanContext, look: Look<unknown> | undefined, kind: SourceKind, target: string) {
  return told(know(look, context.now), kind, target, (_, since) =>
    message("preflight.seen.answered", { ...since, target }),
  );
}

/** A source of the picture by its id, as in `Snapshot.sources`. */
export function seenSource(context: PlanContext, id: string, text: Message, at: Instant | null = null): CheckEvidence {
  const source = context.snapshot.sources.find((one) => one.id === id);
  return { sourceId: source ? id : null, text, at: at ?? source?.lastOkAt ?? null };
}

/** Whether it still stands, for the texts: `old` is too old, else why the attempts since then have failed. */
type Since = { readonly stands: "yes" | "old" | "failed"; readonly failure: string };

function told<T>(
  known: Known<T>,
  kind: SourceKind,
  target: string,
  say: (value: T, since: Since) => Message,
): CheckEvidence {
  const id = sourceId(kind, target);
  if (known.state === "unknown") return { sourceId: id, text: silent(kind, target, known.failure), at: null };
  return { sourceId: id, text: say(known.value, sinceOf(known)), at: instant(known.at) };
}

function sinceOf(known: Exclude<Known<unknown>, { state: "unknown" }>): Since {
  if (known.state === "fresh") return { stands: "yes", failure: "none" };
  return { stands: known.failure ? "failed" : "old", failure: failed(known.failure) };
}

const silent = (kind: SourceKind, target: string, failure: { readonly kind: string } | null): Message =>
  message("preflight.seen.silent", { kind: kind.replaceAll("-", "_"), target, failure: failed(failure) });
