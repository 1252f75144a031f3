import { valueAt } from "../../../configuration/path";
import { booleanOf } from "../../../configuration/quantity";
import { freshOf, type MemberEvidence, sourceId } from "../../../evidence/evidence";
import type { Lsn } from "../../../ids";
import { parseLsn } from "../../../lsn";
import { message } from "../../../message";
import type { SourceKind } from "../../../observation";
import type { FindingDraft, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isOfMember } from "./verdict";

/** Patroni rewinds a former leader by itself, as a rule before anyone reads of it. */
const HOLD_MS = 30_000;

/** A member is on an earlier timeline than the leader and has WAL from beyond the point where that timeline was left. */
export const rewindNeeded: FindingRule = {
  id: "rewind-needed",
  group: "writing",
  runbook: "replica-broken",
  find({ evidence, picture, state }) {
    const view = freshOf(evidence.dcs);
    const leads = view?.leader && picture.members.find(({ name }) => name === view.leader?.name);
    if (!view || !leads || leads.timeline === null) return [];
    const current = leads.timeline;
    const rewinds = booleanOf(valueAt(view.config, "postgresql.use_pg_rewind") ?? false) === true;
    return evidence.members.flatMap((member): FindingDraft[] => {
      const own = member.name === leads.name ? null : positionOf(member);
      if (!own || own.timeline >= current) return [];
      const fork = view.history.find(({ timeline }) => timeline === own.timeline)?.lsn ?? null;
      const [at, left] = [parseLsn(own.lsn), parseLsn(fork)];
      if (at === null || left === null || fork === null || at <= left) return [];
      const params = { member: member.name, timeline: own.timeline, current, fork, rewinds: rewinds ? "yes" : "no" };
      const text = message("finding.rewind-needed.text", params);
      const rests = [
        { text, sourceId: sourceId(own.source, member.name) },
        { text, sourceId: sourceId(state.dcs.source, state.dcs.target) },
      ];
      return [{ severity: "warn", subject: ofMember(member.name), text, evidence: rests, holdMs: HOLD_MS }];
    });
  },
  explains: (own, other) => isOfMember(own, other, "timeline-differs", "receiver-stopped"),
};

type Position = { readonly lsn: Lsn | null; readonly timeline: number; readonly source: SourceKind };

/** Where the member's own WAL ends, by a fresh word of its own. */
function positionOf({ postgres, patroni }: MemberEvidence): Position | null {
  const sql = freshOf(postgres);
  if (sql?.timeline != null) {
    const lsn = sql.inRecovery ? (sql.receivedLsn ?? sql.replayedLsn) : sql.lsn;
    return { lsn, timeline: sql.timeline, source: "postgres" };
  }
  const said = freshOf(patroni);
  if (said?.timeline == null) return null;
  return { lsn: said.receivedLsn ?? said.lsn, timeline: said.timeline, source: "patroni" };
}
