import type { MemberName } from "../ids";
import type { FailureKind } from "../observation";
import type { MemberView, SourceView } from "../snapshot";

export type SilentHost = { readonly member: MemberName; readonly host: string; readonly sourceIds: readonly string[] };

/** A refusal or a reset is an answer: the host is there. Only these say that nothing came back at all. */
const SILENCE: ReadonlySet<FailureKind> = new Set(["timeout", "unreachable"]);

/** One silent program is that program's fault; this many silent at once are the host's, or the network's. */
const SOURCES_MIN = 2;

/**
 * Hosts of which nothing that is looked at answers: dead, cut off, or hidden from us. From here the three look the same, so
 * it is called unreachable and never down. The sources' own failures are folded under it.
 */
export function silentHosts(members: readonly MemberView[], sources: readonly SourceView[]): SilentHost[] {
  return members.flatMap(({ name, host }) => {
    if (host === null) return [];
    const there = sources.filter((source) => isAt(source, name, host));
    if (there.length < SOURCES_MIN || !there.every(isSilent)) return [];
    const rare = sources.filter((source) => isRarelyAskedAt(source, name));
    return [{ member: name, host, sourceIds: [...there, ...rare].map((source) => source.id) }];
  });
}

function isSilent({ stale, lastOkAt, error }: SourceView): boolean {
  return (stale || lastOkAt === null) && error !== null && SILENCE.has(error.kind);
}

/** Whether a source is asked at the host of this member. */
export const isOnHost = (source: SourceView, { name, host }: Pick<MemberView, "name" | "host">): boolean =>
  host !== null && isAt(source, name, host);

function isAt({ kind, target }: SourceView, name: MemberName, host: string): boolean {
  if (kind === "dcs-member") return hostOfUrl(target) === host;
  return target === name && !NOT_OF_HOST.has(kind);
}

/** Backups are asked for once a minute: a host must not count as answering until their next look. */
const NOT_OF_HOST: ReadonlySet<SourceView["kind"]> = new Set(["dcs", "patroni-cluster", "vip", "backup", "basebackup"]);

const isRarelyAskedAt = ({ kind, target }: SourceView, name: MemberName): boolean =>
  (kind === "basebackup" && target === name) || (kind === "backup" && target.endsWith(`@${name}`));

function hostOfUrl(url: string): string | null {
  return /^https?:\/\/(?:\[([^\]]+)\]|([^:/]+))/.exec(url)?.slice(1).find(Boolean) ?? null;
}
