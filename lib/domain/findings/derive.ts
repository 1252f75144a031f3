import type { BackupsView } from "../backups/view";
import { type EpochMs, instant } from "../ids";
import { type Message, message, selector } from "../message";
import type { FailureKind } from "../observation";
import type { Finding, MemberView, Snapshot, SourceView, VipView, WritePath, WritePathState } from "../snapshot";
import type { ArchivingView } from "../vitals/archiving-view";
import { type SilentHost, silentHosts } from "./silent-host";

type Draft = Omit<Finding, "since">;

export type FindingSubjects = {
  readonly writePath: WritePath;
  readonly members: readonly MemberView[];
  readonly vip: VipView | null;
  readonly dcs: Snapshot["dcs"];
  readonly sources: readonly SourceView[];
  readonly backups: BackupsView;
  readonly archiving: ArchivingView | null;
};

/** Everything that deviates, worst first. A finding keeps its `since` for as long as its id keeps coming up. */
export function deriveFindings(subjects: FindingSubjects, previous: Snapshot | null, now: EpochMs): Finding[] {
  const since = new Map(previous?.findings.map((f) => [f.id, f.since]));
  const silent = silentHosts(subjects.members, subjects.sources);
  const folded = new Set(silent.flatMap((host) => host.sourceIds));
  const drafts = [
    ...ofWritePath(subjects.writePath),
    ...ofVip(subjects.vip),
    ...ofDcs(subjects.dcs),
    ...subjects.members.flatMap(ofMember),
    ...ofBackups(subjects.backups),
    ...ofArchiving(subjects.archiving),
    ...silent.map(ofSilentHost),
    ...subjects.sources.filter((source) => !folded.has(source.id)).flatMap(ofSource),
  ];
  return drafts
    .map((draft) => ({ ...draft, since: since.get(draft.id) ?? instant(now) }))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<Finding["severity"], number>> = { critical: 0, unknown: 1, warn: 2, info: 3 };

const SEVERITY: Readonly<Record<WritePathState, Finding["severity"]>> = {
  split: "critical",
  broken: "critical",
  unknown: "unknown",
  degraded: "warn",
  ok: "info",
};

function ofWritePath(path: WritePath): Draft[] {
  if (path.state === "ok" || path.code === "starting") return [];
  const main = finding(`write-path:${path.code}`, SEVERITY[path.state], "write-path", path.message);
  const disagreeing = path.witnesses.filter((w) => w.verdict === "disagree");
  return [main, ...disagreeing.map((w) => finding(`disagree:${w.layer}`, "warn", w.layer, w.text))];
}

function ofVip(vip: VipView | null): Draft[] {
  if (vip?.trust !== "fresh") return [];
  if (vip.holders.length > 1) return [finding("vip-several", "critical", vip.address, vip.text)];
  if (vip.answers === false) return [finding("vip-nowhere", "critical", vip.address, vip.text)];
  return [];
}

function ofDcs(dcs: Snapshot["dcs"]): Draft[] {
  return dcs.hasQuorum === false
    ? [finding("dcs-no-quorum", "critical", "dcs", message("domain.finding.no-quorum"))]
    : [];
}

function ofMember(member: MemberView): Draft[] {
  const params = { member: member.name };
  if (member.presence === "missing")
    return [finding(`member-missing:${member.name}`, "warn", member.name, message("domain.finding.missing", params))];
  if (!member.timelineDiffers) return [];
  const text = message("domain.finding.timeline", { ...params, timeline: member.timeline ?? "?" });
  return [finding(`timeline:${member.name}`, "warn", member.name, text)];
}

function ofBackups({ sources }: BackupsView): Draft[] {
  return sources.flatMap(({ id, remarks }) =>
    remarks.map(({ code, severity, text }, index) => {
      const nth = remarks.slice(0, index).filter((other) => other.code === code).length;
      return finding(`backup-${code}:${id}${nth === 0 ? "" : `#${nth + 1}`}`, severity, id, text);
    }),
  );
}

function ofArchiving(archiving: ArchivingView | null): Draft[] {
  if (archiving?.trust !== "fresh" || (archiving.state !== "failing" && archiving.state !== "stuck")) return [];
  return [finding(`archiving-${archiving.state}`, "warn", archiving.member ?? "archiving", archiving.text)];
}

function ofSilentHost({ member, host, sourceIds }: SilentHost): Draft {
  const params = { member, host, count: sourceIds.length };
  return finding(`host-silent:${member}`, "unknown", member, message("domain.finding.host-silent", params));
}

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

function ofSource(source: SourceView): Draft[] {
  const never = source.lastOkAt === null && source.error !== null;
  if (!source.stale && !never) return [];
  const kind = source.error?.kind ?? "none";
  const severity = source.error && OURS.has(source.error.kind) ? "warn" : "unknown";
  const key = never ? "domain.finding.source-never" : "domain.finding.source-stale";
  const text = message(key, { source: selector(source.kind), target: source.target, failure: selector(kind) });
  return [finding(`source:${source.id}`, severity, source.id, text)];
}

const finding = (id: string, severity: Finding["severity"], subject: string, text: Message): Draft => ({
  id,
  severity,
  subject,
  text,
});
