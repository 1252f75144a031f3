import { quantityOf } from "../../../configuration/quantity";
import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know } from "../../../observation";
import { roughBytes } from "../../amounts";
import { senderRow } from "../../hops";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { slotsOf } from "./slots";

const MIB = 1_048_576;
/** What Patroni gives PostgreSQL where the dynamic configuration says nothing; it is set there and nowhere else. */
const PATRONI_DEFAULT_MIB = 128;
/** At risk once so much of what may be kept is used up. */
const USED_PERCENT = 80;
const HOLD_MS = 15_000;

/** WAL that somebody still needs is near to being thrown away: of a slot that nears its limit, of a replica without a slot. */
export const walKeepRisk: FindingRule = {
  id: "wal-keep-risk",
  group: "replication",
  runbook: "replica-lagging",
  find: (input) => [...slotsAtRisk(input), ...replicasAtRisk(input)],
};

function slotsAtRisk(input: FindingInput): FindingDraft[] {
  return slotsOf(input).flatMap(({ slot, server, onPrimary, subject }) => {
    const { safeWalBytes: safe, retainedBytes: held, walStatus } = slot;
    if (!onPrimary || safe === null || held === null || safe <= 0) return [];
    if (walStatus === "lost" || walStatus === "unreserved" || !isUsedUp(held, held + safe)) return [];
    const text = message("finding.wal-keep-risk.text", { what: "slot", name: slot.name, server, ...roughBytes(safe) });
    const evidence = [{ text, sourceId: sourceId("postgres", server) }];
    return [{ severity: "warn", subject, text, evidence, holdMs: HOLD_MS }];
  });
}

/** A replica that streams without a slot has what `wal_keep_size` leaves it, and after that the archive, if there is one. */
function replicasAtRisk({ picture, state, evidence, now }: FindingInput): FindingDraft[] {
  const keep = keepBytes(freshOf(evidence.dcs)?.config ?? null);
  if (keep === null || keep === 0) return [];
  return picture.members.flatMap(({ name }) => {
    const sender = picture.members.find((one) => {
      const row = senderRow(freshOf(know(state.postgres[one.name], now)), name);
      return row !== null && row.slotName === null && isUsedUp(row.flushLagBytes ?? 0, keep);
    });
    const behind = sender && senderRow(freshOf(know(state.postgres[sender.name], now)), name)?.flushLagBytes;
    if (!sender || behind === null || behind === undefined) return [];
    const left = roughBytes(Math.max(0, keep - behind));
    const text = message("finding.wal-keep-risk.text", { what: "replica", name, server: sender.name, ...left });
    const rests = [
      { text, sourceId: sourceId("postgres", sender.name) },
      { text, sourceId: sourceId(state.dcs.source, state.dcs.target) },
    ];
    return [{ severity: "warn", subject: ofMember(name), text, evidence: rests, holdMs: HOLD_MS }];
  });
}

const isUsedUp = (used: number, all: number): boolean => used >= (all * USED_PERCENT) / 100;

/** `wal_keep_size` of the dynamic configuration, in bytes; null where it cannot be read. */
function keepBytes(config: Readonly<Record<string, unknown>> | null): number | null {
  if (config === null) return null;
  const parameters = sectionOf(sectionOf(config, "postgresql"), "parameters");
  const quantity = quantityOf(parameters?.wal_keep_size ?? PATRONI_DEFAULT_MIB, "MB");
  return quantity.kind === "ok" ? quantity.value * MIB : null;
}

function sectionOf(tree: Readonly<Record<string, unknown>> | null, key: string): Record<string, unknown> | null {
  const section = tree?.[key];
  return typeof section === "object" && section !== null ? (section as Record<string, unknown>) : null;
}
