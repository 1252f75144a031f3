import type { ClusterState } from "../cluster-state";
import { type EpochMs, instant } from "../ids";
import { know } from "../observation";
import { differenceOf } from "./differ";
import type { StanzaFacts } from "./facts";
import { remarksOf } from "./remarks";
import { isUsable, type ListAt, rowsOf } from "./rows";
import { followCourse, type Sighting } from "./running";
import { listsOf, placeOf, type SeenAt, seenOf, stanzaNames } from "./seen";
import type { BackupMark, BackupRow, BackupSourceView, BackupSpec, BackupsView } from "./view";
import { type Archived, restoreWindow } from "./window";

/** What the rest of the picture lends: who the cluster is, and how far its leader has archived. */
export type BackupContext = {
  readonly systemId: string | null;
  /** Major version, for example `17`. */
  readonly postgresVersion: string | null;
  readonly archived: Archived | null;
  readonly now: EpochMs;
};

/** What is known of a cluster's backups at `now`. `previous` carries what only a comparison shows: begun, ended, failed. */
export function viewBackups(state: ClusterState, previous: BackupsView | null, context: BackupContext): BackupsView {
  return {
    sources: state.spec.backups.flatMap((spec) => {
      const seen = seenOf(state, spec, context.now);
      const names = stanzaNames(spec, seen, context.systemId);
      return names.map((name) => {
        const id = names.length > 1 ? `${spec.name}/${name}` : spec.name;
        const before = previous?.sources.find((one) => one.id === id) ?? null;
        return viewSource({ id, spec, name, seen }, before, context);
      });
    }),
    streams: Object.values(state.basebackups).flatMap((look) => {
      const known = know(look, context.now);
      const member = state.roster.find((entry) => entry.name === look.target)?.name;
      return known.state === "fresh" && member ? known.value.streams.map((stream) => ({ ...stream, member })) : [];
    }),
  };
}

type Subject = {
  readonly id: string;
  readonly spec: BackupSpec;
  readonly name: string | null;
  readonly seen: readonly SeenAt[];
};

function viewSource(subject: Subject, before: BackupSourceView | null, context: BackupContext): BackupSourceView {
  const { id, spec, name, seen } = subject;
  const { lists, fresh } = listsOf(seen, name);
  const rows = rowsOf(lists);
  const usable = rows.filter(isUsable);
  const stanzas = lists.map(({ stanza }) => stanza);
  const course = followCourse(fresh ? sightingsOf(lists) : [], usable[0]?.label ?? null, before);
  const window = restoreWindow(
    rows,
    stanzas.flatMap((stanza) => stanza.archives),
    context.archived,
    before?.window ?? null,
  );
  const best = bestOf(seen);
  return {
    id,
    name: spec.name,
    kind: spec.kind,
    via: spec.via,
    stanza: name,
    version: lists.length === 0 ? null : versionOf(seen),
    intervalMs: spec.intervalMs,
    trust: best?.known.state ?? "unknown",
    at: best && best.known.state !== "unknown" ? instant(best.known.at) : null,
    failure: best && best.known.state !== "fresh" ? best.known.failure : null,
    places: seen.map((one) => placeOf(one, name)),
    status: worstStatus(stanzas),
    repos: reposOf(stanzas),
    count: lists.length === 0 ? null : usable.length,
    last: usable[0] ? markOf(usable[0]) : null,
    lastFull: markOrNull(usable.find((row) => row.type === "full")),
    window,
    ...course,
    remarks: fresh ? remarksOf(groundOf(subject, { lists, rows, usable, ended: course.ended, before }, context)) : [],
  };
}

type Found = {
  readonly lists: readonly ListAt[];
  readonly rows: readonly BackupRow[];
  readonly usable: readonly BackupRow[];
  readonly ended: BackupSourceView["ended"];
  readonly before: BackupSourceView | null;
};

function groundOf({ spec, name }: Subject, found: Found, context: BackupContext) {
  const { lists, rows, usable, ended, before } = found;
  const codes = new Set(before?.remarks.map((remark) => remark.code));
  const was = codes.has("local-repository") ? "local" : codes.has("differs") ? "differs" : null;
  return {
    spec,
    subject: name === null || name === "" ? spec.name : name,
    stanzas: lists.map(({ stanza }) => stanza),
    rows,
    lastAt: usable[0]?.stoppedAt ?? usable[0]?.startedAt ?? null,
    ended,
    difference: differenceOf(lists, was),
    places: lists.map(({ place }) => place),
    systemId: context.systemId,
    postgresVersion: context.postgresVersion,
    now: context.now,
  } as const;
}

/** Locks by host; a tool without locks, which lists unfinished backups, shows those. */
function sightingsOf(lists: readonly ListAt[]): Sighting[] {
  return lists.flatMap(({ place, at, stanza }) => {
    const listed = stanza.backups.some((backup) => backup.state === "running");
    if (stanza.running === null && !listed) return [];
    const { held, totalBytes, doneBytes } = stanza.running ?? { held: listed, totalBytes: null, doneBytes: null };
    return [{ place, at: instant(at), held, totalBytes, doneBytes, certain: listed || totalBytes !== null }];
  });
}

const RANK = { fresh: 0, stale: 1, unknown: 2 } as const;

/** The freshest, and of equals the latest. */
function bestOf(seen: readonly SeenAt[]): SeenAt | undefined {
  return seen.toSorted(
    (a, b) => RANK[a.known.state] - RANK[b.known.state] || (b.look.good?.at ?? 0) - (a.look.good?.at ?? 0),
  )[0];
}

const versionOf = (seen: readonly SeenAt[]): string | null =>
  seen.map(({ known }) => (known.state === "unknown" ? null : known.value.version)).find((one) => one !== null) ?? null;

const WORST: readonly StanzaFacts["status"]["kind"][] = ["error", "mixed", "missing", "empty", "ok"];

function worstStatus(stanzas: readonly StanzaFacts[]): StanzaFacts["status"] | null {
  const sorted = stanzas.map(({ status }) => status).sort((a, b) => WORST.indexOf(a.kind) - WORST.indexOf(b.kind));
  return sorted[0] ?? null;
}

function reposOf(stanzas: readonly StanzaFacts[]): BackupSourceView["repos"] {
  const byKey = new Map<string, BackupSourceView["repos"][number]>();
  for (const repo of stanzas.flatMap((stanza) => stanza.repos)) {
    if (byKey.get(repo.key)?.ok !== false) byKey.set(repo.key, repo);
  }
  return [...byKey.values()];
}

const markOf = ({ label, type, startedAt, stoppedAt }: BackupRow): BackupMark => ({
  label,
  type,
  startedAt,
  stoppedAt,
});
const markOrNull = (row: BackupRow | undefined): BackupMark | null => (row ? markOf(row) : null);

/** The whole list of each source, newest first: what the page shows and the picture does not carry. */
export function listBackups(
  state: ClusterState,
  view: BackupsView,
  now: EpochMs,
): { id: string; backups: BackupRow[] }[] {
  return view.sources.map(({ id, name, stanza }) => {
    const spec = state.spec.backups.find((one) => one.name === name);
    return { id, backups: spec ? rowsOf(listsOf(seenOf(state, spec, now), stanza).lists) : [] };
  });
}
