import type { ClusterState } from "../cluster-state";
import { naturally } from "../evidence/natural-order";
import { type EpochMs, instant } from "../ids";
import { type Known, know, type Look } from "../observation";
import type { BackupFacts, StanzaFacts } from "./facts";
import type { ListAt } from "./rows";
import type { BackupPlace, BackupSpec } from "./view";

/** What one place last answered about a source, judged for its freshness. */
export type SeenAt = { readonly place: string; readonly look: Look<BackupFacts>; readonly known: Known<BackupFacts> };

/** The key of a source's look at a member; other sources are looked at in one place, under their own name. */
export const targetOf = (name: string, member: string | null): string => (member === null ? name : `${name}@${member}`);

/** Every place that a source is asked at, in a steady order. */
export function seenOf(state: ClusterState, spec: BackupSpec, now: EpochMs): SeenAt[] {
  const prefix = targetOf(spec.name, "");
  return Object.values(state.backups)
    .filter(({ target }) => (spec.via === "sql" ? target.startsWith(prefix) : target === spec.name))
    .map((look) => ({
      place: spec.via === "sql" ? look.target.slice(prefix.length) : (spec.place ?? ""),
      look,
      known: know(look, now),
    }))
    .sort((a, b) => naturally(a.place, b.place));
}

/**
 * The stanzas that a source is about: the configured one; else the only one; else those of this cluster by its system identifier;
 * else all. Null alone before the first answer, and where nothing was configured in the repository.
 */
export function stanzaNames(spec: BackupSpec, seen: readonly SeenAt[], systemId: string | null): (string | null)[] {
  if (spec.stanza !== null) return [spec.stanza];
  const all = seen.flatMap(({ known }) => (known.state === "unknown" ? [] : known.value.stanzas));
  const ours = all.filter((stanza) => systemId !== null && stanza.systemId === systemId);
  const names = [...new Set((ours.length > 0 ? ours : all).map((stanza) => stanza.name))].sort(naturally);
  return names.length > 0 ? names : [null];
}

/** The stanza as each place shows it, by fresh evidence; by the last answers where none is fresh, for showing only. */
export function listsOf(
  seen: readonly SeenAt[],
  name: string | null,
): { readonly lists: ListAt[]; readonly fresh: boolean } {
  const fresh = seen.some(({ known }) => known.state === "fresh");
  const lists = seen.flatMap(({ place, known }) => {
    if (known.state === "unknown" || (fresh && known.state !== "fresh")) return [];
    return [{ place, at: known.at, stanza: stanzaIn(known.value, name) }];
  });
  return { lists, fresh };
}

function stanzaIn(facts: BackupFacts, name: string | null): StanzaFacts {
  const found = facts.stanzas.find((stanza) => stanza.name === name);
  return found ?? { ...ABSENT, name: name ?? "" };
}

/** An answer in which the stanza is not: the tool was reached, and knows nothing of it. */
const ABSENT: StanzaFacts = {
  name: "",
  status: { kind: "missing", message: "" },
  repos: [],
  systemId: null,
  postgresVersion: null,
  archives: [],
  backups: [],
  running: null,
};

export function placeOf({ place, look, known }: SeenAt, name: string | null): BackupPlace {
  const stanza = known.state === "unknown" ? null : stanzaIn(known.value, name);
  return {
    place,
    sourceId: `${look.source}:${look.target}`,
    trust: known.state,
    at: known.state === "unknown" ? null : instant(known.at),
    failure: known.state === "fresh" ? null : known.failure,
    count: stanza?.backups.length ?? null,
    newest: stanza?.backups.at(-1)?.label ?? null,
    lockHeld: stanza?.running?.held ?? null,
  };
}
