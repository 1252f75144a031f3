import type { DcsView, FailoverKey, Role } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";
import { lsnFromBytes } from "@/lib/domain/lsn";
import { historyOf } from "@/lib/sources/shared/history";
import { parseJson } from "@/lib/sources/shared/json";
import { digitsOf, instantOf, isRecord, numberOf } from "@/lib/sources/shared/patroni-words";
import type { KeySpace } from "./key-space";
import { mapMember, type Surroundings } from "./map-member";
import type { KeyValue } from "./range";
import { failoverValueSchema, statusValueSchema, syncValueSchema } from "./schema";

/** Where Patroni keeps a scope. The slash at the end matters: without it `demo` would also match `demo2`. */
export function prefixOf(namespace: string, scope: string): string {
  return `/${namespace}/${scope}/`.replace(/\/{2,}/g, "/");
}

/**
 * Maps the whole subtree of a scope. Never throws: a value that cannot be read counts as absent. Keys of other subtrees
 * (Citus groups) are left alone.
 */
export function mapView({ revision, keys }: KeySpace, prefix: string): DcsView {
  const at = (name: string) => keys.get(prefix + name);
  const config = recordOf(at("config"));
  const sync = mapSync(at("sync"));
  const leader = mapLeader(at("leader"));
  const around: Surroundings = {
    leader: leader?.name ?? null,
    optime: optimeOf(at("status"), at("optime/leader")),
    syncRole: syncRoles(config, sync),
  };
  const root = `${prefix}members/`;
  const members = [...keys.values()]
    .filter(({ key }) => key.startsWith(root) && key.length > root.length)
    .map((entry) => mapMember(entry.key.slice(root.length), entry, around))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return {
    kind: "etcd3",
    revision: String(revision),
    leader,
    members,
    systemId: digitsOf(at("initialize")?.value),
    config,
    configRevision: config === null ? null : String(at("config")?.modRevision),
    history: historyOf(jsonOf(at("history"))),
    failover: mapFailover(at("failover")),
    sync,
    pause: config?.pause === true,
    ttlSeconds: numberOf(config?.ttl),
    loopWaitSeconds: numberOf(config?.loop_wait),
  };
}

const jsonOf = (entry: KeyValue | undefined): unknown => (entry ? parseJson(entry.value) : undefined);

function recordOf(entry: KeyValue | undefined): Record<string, unknown> | null {
  const value = jsonOf(entry);
  return isRecord(value) ? value : null;
}

function mapLeader(entry: KeyValue | undefined): DcsView["leader"] {
  if (!entry?.value) return null;
  return { name: memberName(entry.value), modRevision: String(entry.modRevision), lease: entry.lease };
}

/** `status` since 2.1; `optime/leader` only where a member older than that exists. */
function optimeOf(status: KeyValue | undefined, legacy: KeyValue | undefined) {
  const parsed = statusValueSchema.safeParse(jsonOf(status));
  const optime = parsed.success ? parsed.data.optime : null;
  return lsnFromBytes(digitsOf(optime ?? legacy?.value));
}

/** The key is cleared to `{}`, not deleted; `leader:candidate` is the spelling of very old releases. */
function mapFailover(entry: KeyValue | undefined): FailoverKey | null {
  if (!entry?.value) return null;
  const parsed = failoverValueSchema.safeParse(jsonOf(entry));
  const [oldLeader, oldMember] = /^[^{}[\]"]*:[^{}[\]"]*$/.test(entry.value) ? entry.value.split(":") : [];
  const leader = (parsed.success ? parsed.data.leader : oldLeader) || null;
  const candidate = (parsed.success ? parsed.data.member : oldMember) || null;
  const scheduledAt = parsed.success ? instantOf(parsed.data.scheduled_at) : null;
  if (leader === null && candidate === null && scheduledAt === null) return null;
  return {
    leader: leader === null ? null : memberName(leader),
    candidate: candidate === null ? null : memberName(candidate),
    scheduledAt,
    modRevision: String(entry.modRevision),
  };
}

function mapSync(entry: KeyValue | undefined): DcsView["sync"] {
  const parsed = syncValueSchema.safeParse(jsonOf(entry));
  if (!parsed.success) return null;
  const { leader, sync_standby: standbys } = parsed.data;
  if (!leader && !standbys) return null;
  const names = (standbys ?? "").split(",").map((name) => name.trim());
  return { leader: leader ? memberName(leader) : null, standbys: names.filter((name) => name !== "") };
}

/** The `sync` key outlives synchronous mode, so the configuration decides whether it counts; names ignore case. */
function syncRoles(config: Record<string, unknown> | null, sync: DcsView["sync"]): (name: string) => Role | null {
  const mode = config?.synchronous_mode;
  const role: Role | null =
    mode === "quorum" ? "quorum-standby" : mode === true || mode === "on" || mode === "true" ? "sync-standby" : null;
  const named = new Set(sync?.standbys.map((name) => name.toLowerCase()));
  return (name) => (role !== null && named.has(name.toLowerCase()) ? role : null);
}
