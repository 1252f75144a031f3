import type { EpochMs, Instant } from "../ids";
import { message } from "../message";
import type { StanzaFacts } from "./facts";
import type { BackupRemark, BackupRow, BackupSpec, EndedBackup, RemarkCode } from "./view";
import { isWalUpTo } from "./wal";
import { isArchived, newestWal } from "./window";

/** What a stanza is judged by. Everything in it comes from fresh looks. */
export type RemarkGround = {
  readonly spec: Pick<BackupSpec, "name" | "kind" | "maxAgeMs">;
  /** The stanza's name, or the source's. */
  readonly subject: string;
  readonly stanzas: readonly StanzaFacts[];
  readonly rows: readonly BackupRow[];
  /** End of the newest usable backup. */
  readonly lastAt: Instant | null;
  readonly ended: EndedBackup | null;
  readonly difference: "local" | "differs" | null;
  readonly places: readonly string[];
  /** Of the cluster, where known. */
  readonly systemId: string | null;
  readonly postgresVersion: string | null;
  readonly now: EpochMs;
};

/** Everything about a stanza that a DBA should be told, worst first. */
export function remarksOf(ground: RemarkGround): BackupRemark[] {
  const remarks = [
    ...ofIdentity(ground),
    ...ofAge(ground),
    ...ofCourse(ground),
    ...ofRepository(ground),
    ...ofRows(ground),
    ...ofArchive(ground),
    ...ofDifference(ground),
  ];
  return remarks.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<BackupRemark["severity"], number>> = { critical: 0, warn: 1, info: 2 };

function remark(
  { subject }: RemarkGround,
  code: RemarkCode,
  severity: BackupRemark["severity"],
  params: Readonly<Record<string, string | number>> = {},
): BackupRemark {
  const key = code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { code, severity, text: message(`backups.remark.${key}`, { stanza: subject, ...params }) };
}

function ofIdentity(ground: RemarkGround): BackupRemark[] {
  const { stanzas, systemId, postgresVersion } = ground;
  const other = stanzas.find((stanza) => stanza.systemId !== null && systemId !== null && stanza.systemId !== systemId);
  if (other)
    return [remark(ground, "other-cluster", "critical", { theirs: other.systemId ?? "", ours: systemId ?? "" })];
  const version = stanzas.map((stanza) => stanza.postgresVersion).find((one) => one !== null && one !== undefined);
  if (!version || postgresVersion === null || version === postgresVersion) return [];
  return [remark(ground, "other-version", "warn", { theirs: version, ours: postgresVersion })];
}

function ofAge(ground: RemarkGround): BackupRemark[] {
  const { lastAt, spec, now } = ground;
  if (lastAt === null) return [remark(ground, "none", "critical")];
  const limit = spec.maxAgeMs;
  if (now - Date.parse(lastAt) <= limit) return [];
  return [remark(ground, "too-old", "warn", { hours: Math.round(limit / 3_600_000) })];
}

/** A failure is told until a good backup came after it. */
function ofCourse(ground: RemarkGround): BackupRemark[] {
  const { ended, lastAt, rows } = ground;
  const recorded = rows.find((row) => row.state === "failed");
  const since = lastAt ?? "";
  const remarks: BackupRemark[] = [];
  if (ended?.outcome === "failed" && ended.endedAt > since) remarks.push(remark(ground, "failed", "warn"));
  if (recorded && (recorded.startedAt ?? recorded.label) > (lastAt === null ? "" : labelTime(recorded, lastAt))) {
    remarks.push(remark(ground, "recorded-failed", "warn", { label: recorded.label }));
  }
  return remarks;
}

/** Barman's failed backups carry no time but the one in their name, `20261121T015513`. */
const labelTime = (row: BackupRow, at: Instant): string =>
  row.startedAt === null ? at.replace(/[-:]/g, "").slice(0, 15) : at;

function ofRepository(ground: RemarkGround): BackupRemark[] {
  const repos = ground.stanzas.flatMap((stanza) => stanza.repos);
  const bad = new Map(repos.filter((repo) => !repo.ok && repo.code !== EMPTY_REPO).map((repo) => [repo.key, repo]));
  if (bad.size > 0) {
    return [...bad.values()].map((repo) =>
      remark(ground, "repo-error", "warn", { repo: repo.key, message: repo.message }),
    );
  }
  const status = ground.stanzas
    .map((stanza) => stanza.status)
    .find((one) => one.kind === "error" || one.kind === "mixed" || one.kind === "missing");
  return status ? [remark(ground, "stanza-error", "warn", { message: status.message || status.kind })] : [];
}

/** "no valid backups" is told by `none`. */
const EMPTY_REPO = 2;

function ofRows(ground: RemarkGround): BackupRemark[] {
  const broken = ground.rows.filter((row) => row.missing.length > 0);
  const pages = ground.rows.filter((row) => row.error === true);
  return [
    ...(broken[0] ? [remark(ground, "broken-chain", "warn", { label: broken[0].label, count: broken.length })] : []),
    ...(pages[0] ? [remark(ground, "page-errors", "critical", { label: pages[0].label, count: pages.length })] : []),
  ];
}

function ofArchive(ground: RemarkGround): BackupRemark[] {
  if (ground.spec.kind !== "pgbackrest" || ground.rows.length === 0) return [];
  const archives = ground.stanzas.flatMap((stanza) => stanza.archives);
  const max = newestWal(archives);
  if (max === null) return [remark(ground, "no-archive", "critical")];
  const unarchived = ground.rows.filter((row) => row.state === "done" && !isArchived(row, archives));
  const late = unarchived.find((row) => isWalUpTo(row.walStop, max) === true);
  const early = unarchived.find((row) => isWalUpTo(row.walStop, max) === false);
  return [
    ...(late ? [remark(ground, "archive-starts-late", "warn", { label: late.label })] : []),
    ...(early ? [remark(ground, "archive-ends-early", "critical", { label: early.label })] : []),
  ];
}

function ofDifference(ground: RemarkGround): BackupRemark[] {
  if (ground.difference === null) return [];
  const code = ground.difference === "local" ? "local-repository" : "differs";
  return [remark(ground, code, "warn", { places: ground.places.join(", ") })];
}
