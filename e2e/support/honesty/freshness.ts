import type { EpochMs, Instant } from "@/lib/domain/ids";
import { STALE_AFTER_INTERVALS } from "@/lib/domain/observation";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Time that drawing and sending a picture may take on a busy machine, in ms. */
const MARGIN_MS = 500;
/** A picture is drawn anew at least this often, in ms, so this is how much older it may get on the screen. */
const REDRAW_MS = 2_500;

/**
 * What a picture says of the age of its own evidence that cannot be: evidence older than three intervals of its source
 * counts as fresh, or a verdict rests on it. `shownUntil` is when the next picture came.
 */
export function ageViolations(snapshot: Snapshot, shownUntil: EpochMs): string[] {
  return [...unmarkedSources(snapshot), ...freshButOld(snapshot), ...staleVerdict(snapshot, shownUntil)];
}

function unmarkedSources(snapshot: Snapshot): string[] {
  return snapshot.sources
    .filter((s) => s.ageMs !== null && s.ageMs > STALE_AFTER_INTERVALS * s.intervalMs && !s.stale)
    .map((s) => `${s.id} is ${s.ageMs} ms old at an interval of ${s.intervalMs} ms and is not marked stale`);
}

type Dated = { readonly what: string; readonly trust: string; readonly at: Instant | null; readonly sourceId: string };

function freshButOld(snapshot: Snapshot): string[] {
  const { vip, clientEye } = snapshot;
  const parts: Dated[] = [
    { what: "the DCS", trust: snapshot.dcs.trust, at: snapshot.dcs.at, sourceId: dcsSource(snapshot) },
    ...(vip ? [{ what: "the VIP", trust: vip.trust, at: vip.at, sourceId: `vip:${vip.address}` }] : []),
    ...(clientEye ? [{ what: "the client's eye", ...clientEye, sourceId: `client-eye:${clientEye.address}` }] : []),
    ...snapshot.haproxy.map((n) => ({ what: `HAProxy ${n.name}`, ...n, sourceId: `haproxy:${n.name}` })),
    ...snapshot.pgbouncer.map((p) => ({ what: `PgBouncer ${p.member}`, ...p, sourceId: `pgbouncer:${p.member}` })),
  ];
  return parts.flatMap(({ what, trust, at, sourceId }) => {
    if (trust !== "fresh") return [];
    if (at === null) return [`${what} counts as fresh without a time`];
    const ageMs = Date.parse(snapshot.at) - Date.parse(at);
    return ageMs > limitOf(snapshot, [sourceId]) ? [`${what} counts as fresh at an age of ${ageMs} ms`] : [];
  });
}

const dcsSource = (snapshot: Snapshot): string =>
  snapshot.sources.find((s) => s.kind === (snapshot.dcs.readAs === "etcd3" ? "dcs" : "patroni-cluster"))?.id ?? "dcs";

/** The age in ms up to which evidence of these sources may be built upon. */
function limitOf(snapshot: Snapshot, sourceIds: readonly string[]): number {
  const cited = snapshot.sources.filter((s) => sourceIds.includes(s.id));
  const known = cited.length > 0 ? cited : snapshot.sources;
  return STALE_AFTER_INTERVALS * Math.max(...known.map((s) => s.intervalMs), 0) + MARGIN_MS;
}

function staleVerdict(snapshot: Snapshot, shownUntil: EpochMs): string[] {
  const { state, asOf, witnesses, writer } = snapshot.writePath;
  if (state === "unknown") return writer === null ? [] : [`the state is unknown and yet ${writer} is named`];
  if (asOf === null) return [`the verdict "${state}" rests on nothing`];
  const judging = witnesses.filter((w) => w.verdict === "agree" || w.verdict === "disagree");
  const limit = limitOf(
    snapshot,
    judging.flatMap((w) => w.sourceIds),
  );
  const drawn = Date.parse(snapshot.at) - Date.parse(asOf);
  const shown = shownUntil - Date.parse(asOf);
  const old = judging.filter(
    (w) => w.at !== null && Date.parse(snapshot.at) - Date.parse(w.at) > limitOf(snapshot, w.sourceIds),
  );
  return [
    ...(drawn > limit ? [`the verdict "${state}" rests on evidence of ${drawn} ms ago`] : []),
    ...(drawn <= limit && shown > limit + REDRAW_MS
      ? [`the verdict "${state}" was shown until its evidence was ${shown} ms old`]
      : []),
    ...old.map(
      (w) => `${w.layer} counts as "${w.verdict}" at an age of ${Date.parse(snapshot.at) - Date.parse(w.at ?? "")} ms`,
    ),
  ];
}
