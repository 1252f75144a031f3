import { isOnHost } from "../../findings/silent-host";
import type { Instant } from "../../ids";
import { message, selector } from "../../message";
import type { MemberView, Snapshot, SourceView } from "../../snapshot";
import { type Draft, type EventRule, seen } from "../draft";
import type { Notebook } from "../notebook";

/** One failed look is no event: a source is lost after two, and this long, in ms, after its last good answer. */
const LOST_AFTER_MS = 5_000;
const FAILURES_MIN = 2;
/** One program is that program's fault; this many of one host at once are the host's. */
const HOST_SOURCES_MIN = 2;
/** A host that comes back starts its programs one by one; those that answer within this time, in ms, were part of its absence. */
const STARTING_MS = 20_000;

/**
 * What we look at stopped to answer, or answers again. A host of which everything fell silent is told as one event; while it
 * is open whether the host is gone or only one of its programs, nothing is told.
 */
export const sources: EventRule = (book, snapshot) => {
  const hosts = snapshot.members.flatMap((member) => {
    const there = snapshot.sources.filter((source) => isOnHost(source, member));
    return there.length >= HOST_SOURCES_MIN ? [{ member, there, state: hostState(there, snapshot) }] : [];
  });
  const byHost = new Map(hosts.flatMap(({ there, state }) => there.map((source) => [source.id, state] as const)));
  const ofHosts = hosts.flatMap(({ member, there, state }) => ofHost(book, member, there, state));
  const starting = new Set(
    hosts.flatMap(({ member, there }) => (justBack(book, member, snapshot) ? there.map(({ id }) => id) : [])),
  );
  const ofSources = snapshot.sources.flatMap((source) => {
    const state = starting.has(source.id) ? "open" : (byHost.get(source.id) ?? "there");
    return ofSource(book, source, state, snapshot);
  });
  return [...ofHosts, ...ofSources];
};

function justBack(book: Notebook, { name }: MemberView, { at }: Snapshot): boolean {
  const back = book.known<Instant>(`host-back/${name}`);
  return back !== null && Date.parse(at) - Date.parse(back.value) < STARTING_MS;
}

type HostState = "there" | "gone" | "open";

/** `gone`: several are lost and nothing answered after the last of them did. `open`: one is, and the others have not been asked since. */
function hostState(there: readonly SourceView[], snapshot: Snapshot): HostState {
  const lost = there.filter((source) => isLost(source, snapshot));
  if (lost.length === 0) return "there";
  const lastWord = Math.max(...lost.map(lastOk));
  const spoke = there.some(
    (source) => !lost.includes(source) && source.error === null && lastOk(source) > lastWord + 1_000,
  );
  if (spoke) return "there";
  return lost.length >= HOST_SOURCES_MIN ? "gone" : "open";
}

const lastOk = (source: SourceView): number => (source.lastOkAt ? Date.parse(source.lastOkAt) : 0);

function isLost({ stale, failures, lastOkAt }: SourceView, { at }: Snapshot): boolean {
  return (
    stale && failures >= FAILURES_MIN && lastOkAt !== null && Date.parse(at) - Date.parse(lastOkAt) >= LOST_AFTER_MS
  );
}

function ofHost(book: Notebook, { name, host }: MemberView, there: readonly SourceView[], state: HostState): Draft[] {
  if (state === "open") return [];
  const answers = there.filter((source) => !source.stale && source.error === null);
  if (state === "there" && answers.length === 0) return [];
  const change = book.see(`host/${name}`, state);
  if (!change) return [];
  if (state === "there") book.see(`host-back/${name}`, change.at);
  const params = { member: name, host: host ?? name, count: there.length };
  const data = { host, sources: there.map((s) => ({ id: s.id, error: s.error?.kind ?? null, lastOkAt: s.lastOkAt })) };
  return state === "gone"
    ? [
        seen(change, {
          kind: "source-lost",
          severity: "warn",
          subject: name,
          text: message("event.host.lost", params),
          data,
        }),
      ]
    : [
        seen(change, {
          kind: "source-back",
          severity: "notice",
          subject: name,
          text: message("event.host.back", params),
          data,
        }),
      ];
}

function ofSource(book: Notebook, source: SourceView, host: HostState, snapshot: Snapshot): Draft[] {
  const lost = isLost(source, snapshot);
  const answers = !source.stale && source.error === null && source.lastOkAt !== null;
  if (!lost && !answers) return [];
  if (lost && host !== "there") return [];
  const change = book.see(`source/${source.id}`, answers);
  if (!change) return [];
  const { id, kind, target, error, lastOkAt } = source;
  const params = { source: selector(kind), target, failure: selector(error?.kind ?? "none") };
  return answers
    ? [seen(change, { kind: "source-back", severity: "info", subject: id, text: message("event.source.back", params) })]
    : [
        seen(change, {
          kind: "source-lost",
          severity: "warn",
          subject: id,
          text: message("event.source.lost", params),
          data: { error: error?.kind ?? null, text: error?.text ?? null, lastOkAt },
        }),
      ];
}
