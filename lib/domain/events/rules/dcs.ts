import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import { type Draft, type EventRule, seen } from "../draft";

type Member = Snapshot["dcs"]["members"][number];

const nameOf = ({ name, endpoint }: Member): string => name ?? endpoint;

/** The etcd member that leads; told only while exactly one says so of itself. */
export const dcsLeader: EventRule = (book, { dcs }) => {
  const leaders = dcs.members.filter((m) => m.trust === "fresh" && m.isLeader);
  const [only, second] = leaders;
  if (!only || second) return [];
  const name = nameOf(only);
  const change = book.see("dcs-leader", name);
  if (!change) return [];
  const text = message("event.dcs.leader", { was: change.was, leader: name });
  const data = { from: change.was, to: name, term: only.raftTerm };
  return [seen(change, { kind: "dcs-leader", severity: "notice", subject: name, text, data })];
};

/** Whether the DCS has a quorum, and what its members report as wrong. That a member does not answer is its source's event. */
export const dcsHealth: EventRule = (book, { dcs, scope }) => {
  const drafts: Draft[] = [];
  const quorum = dcs.hasQuorum === null ? null : book.see("dcs-quorum", dcs.hasQuorum);
  if (quorum) {
    const text = message(dcs.hasQuorum ? "event.dcs.quorum" : "event.dcs.no-quorum");
    const severity = dcs.hasQuorum ? "notice" : "critical";
    drafts.push(seen(quorum, { kind: "dcs-health", severity, subject: scope, text }));
  }
  for (const member of dcs.members) {
    if (member.trust !== "fresh") continue;
    const errors = [...member.errors];
    const change = book.see(`dcs-errors/${member.endpoint}`, errors);
    if (!change) continue;
    const params = { member: nameOf(member), errors: errors.join("; ") };
    const text = message(errors.length > 0 ? "event.dcs.errors" : "event.dcs.healthy", params);
    const severity = errors.length > 0 ? "warn" : "notice";
    drafts.push(
      seen(change, { kind: "dcs-health", severity, subject: nameOf(member), text, data: { was: change.was, errors } }),
    );
  }
  return drafts;
};
