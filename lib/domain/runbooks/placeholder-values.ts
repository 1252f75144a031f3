import type { MemberView, Snapshot } from "../snapshot";
import { seesDcs } from "./facts-sight";
import type { RunbookPlaces } from "./places";

/** What placeholders are filled from. */
export type PlaceGround = {
  readonly picture: Snapshot;
  readonly places: RunbookPlaces;
};

/** `spaced`: made of several words, also in a command. `list`: separated by commas in a text and by blanks in a command. */
export type Place =
  | { readonly kind: "word" | "spaced"; readonly read: (ground: PlaceGround) => string | number | null }
  | { readonly kind: "list"; readonly read: (ground: PlaceGround) => readonly string[] };

const word = (read: (ground: PlaceGround) => string | number | null): Place => ({ kind: "word", read });
const spaced = (read: (ground: PlaceGround) => string | null): Place => ({ kind: "spaced", read });
const list = (read: (ground: PlaceGround) => readonly string[]): Place => ({ kind: "list", read });
const host = (name: keyof RunbookPlaces["hosts"]): Place => word(({ places }) => places.hosts[name]);

/** Placeholders of the cluster; `runbooks/README.md` shows what each gives. */
export const CLUSTER_PLACES: ReadonlyMap<string, Place> = new Map(
  Object.entries({
    scope: word(({ picture }) => picture.scope),
    title: spaced(({ picture }) => picture.title),
    environment: spaced(({ picture }) => picture.environment),
    leader: word(({ picture }) => leaderOf(picture)?.name ?? null),
    writer: word(({ picture }) => picture.writePath.writer),
    members: list(({ picture }) => picture.members.map(({ name }) => name)),
    replicas: list(({ picture }) =>
      seesDcs(picture) ? picture.members.flatMap(({ name }) => (name === picture.leader?.name ? [] : [name])) : [],
    ),
    hosts: list(({ picture }) => picture.members.flatMap((member) => member.host ?? [])),
    timeline: word(({ picture }) => picture.leader?.timeline ?? null),
    ttl: word(({ picture }) => picture.dcs.ttlSeconds),
    loopWait: word(({ picture }) => picture.dcs.loopWaitSeconds),
    vip: word(({ places }) => places.vip?.address ?? null),
    "vip.holder": word(({ picture: { vip } }) =>
      vip?.trust === "fresh" && vip.holders.length === 1 ? (vip.holders[0] ?? null) : null,
    ),
    writePort: word(({ places }) => places.vip?.writePort ?? null),
    psql: spaced(psql),
    database: word(({ places }) => places.database),
    patronictl: spaced(({ places }) => `patronictl -c ${places.hosts.patroniConfig}`),
    "patroni.config": host("patroniConfig"),
    "patroni.service": host("patroniService"),
    "patroni.url": word(patroniUrl),
    etcdctl: spaced(({ places }) => (isEtcd(places) ? `etcdctl --endpoints=${places.dcs.endpoints.join(",")}` : null)),
    "etcd.endpoints": word(({ places }) => (isEtcd(places) ? places.dcs.endpoints.join(",") : null)),
    "etcd.config": host("etcdConfig"),
    "etcd.service": host("etcdService"),
    "dcs.namespace": word(({ places }) => `/${places.dcs.namespace}/`),
    "dcs.prefix": word(({ picture, places }) => `/${places.dcs.namespace}/${picture.scope}`),
    "haproxy.config": host("haproxyConfig"),
    "haproxy.service": host("haproxyService"),
    "haproxy.writePool": word(({ places }) => places.haproxy?.writePool ?? null),
    "haproxy.readPool": word(({ places }) => places.haproxy?.readPool ?? null),
    "haproxy.nodes": list(({ places }) => places.haproxy?.nodes ?? []),
    "keepalived.config": host("keepalivedConfig"),
    "keepalived.service": host("keepalivedService"),
    "pgbouncer.config": host("pgbouncerConfig"),
    "pgbouncer.service": host("pgbouncerService"),
    "pgbouncer.port": word(({ places }) => places.pgbouncerPort),
    pgbackrest: spaced((ground) => {
      const stanza = stanzaOf(ground);
      return stanza && `sudo -u ${ground.places.hosts.postgresUser} pgbackrest --stanza=${stanza}`;
    }),
    "backup.stanza": word(stanzaOf),
    "backup.config": host("pgbackrestConfig"),
    "backup.last": word(({ picture }) => newestBackup(picture)?.label ?? null),
    "backup.lastAt": spaced(({ picture }) => moment(newestBackup(picture)?.stoppedAt)),
    "restore.from": spaced(({ picture }) => moment(restoreWindow(picture)?.from)),
    "restore.to": spaced(({ picture }) => moment(restoreWindow(picture)?.to)),
    "postgres.user": host("postgresUser"),
    "postgres.version": word(({ picture }) => versionOf(picture)),
    "postgres.major": word(({ picture }) => majorOf(versionOf(picture))),
  }),
);

/** What may stand behind `{leader.…}`, `{writer.…}` and inputs that are members. */
export const MEMBER_PLACES: ReadonlyMap<string, (member: MemberView, ground: PlaceGround) => string | number | null> =
  new Map(
    Object.entries({
      host: (member: MemberView) => member.host,
      port: (member: MemberView) => member.port,
      url: (member: MemberView) => member.apiUrl,
      dataDir: ({ name }: MemberView, { places }: PlaceGround) =>
        (Object.hasOwn(places.dataDirs, name) ? places.dataDirs[name] : null) ?? places.hosts.dataDir,
      binDir: ({ versions }: MemberView, { picture, places }: PlaceGround) => {
        const major = majorOf(versions.postgres ?? versionOf(picture));
        return places.hosts.binDir ?? (major && `/usr/lib/postgresql/${major}/bin`);
      },
      timeline: (member: MemberView) => member.timeline,
      version: (member: MemberView) => member.versions.postgres,
      role: ({ role, roleTrust }: MemberView) => (roleTrust === "fresh" && role !== "unknown" ? role : null),
      state: ({ state, stateTrust }: MemberView) => (stateTrust === "fresh" && state !== "unknown" ? state : null),
    }),
  );

export const leaderOf = ({ leader, members }: Snapshot): MemberView | null =>
  members.find(({ name }) => name === leader?.name) ?? null;

/** As PostgreSQL and pgBackRest read it, in UTC and whole seconds: `2026-11-21 02:30:00+00`. Null for what is no moment. */
export function moment(at: string | null | undefined): string | null {
  const ms = at ? Date.parse(at) : Number.NaN;
  return Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+00`;
}

function psql({ picture, places }: PlaceGround): string | null {
  const { vip, database } = places;
  const leader = leaderOf(picture);
  const host = vip?.writePort ? vip.address : leader?.host;
  const port = vip?.writePort ?? leader?.port;
  return host && port ? `psql -h ${host} -p ${port} -U postgres -d ${database ?? "postgres"}` : null;
}

function patroniUrl({ picture, places }: PlaceGround): string | null {
  const present = picture.members.find(({ presence, apiUrl }) => presence === "present" && apiUrl !== null);
  return leaderOf(picture)?.apiUrl ?? present?.apiUrl ?? places.patroniSeeds[0] ?? null;
}

/** As configured, else as pgBackRest itself told. */
function stanzaOf({ picture, places }: PlaceGround): string | null {
  return (
    places.stanza ?? picture.backups.sources.find(({ kind, stanza }) => kind === "pgbackrest" && stanza)?.stanza ?? null
  );
}

const isEtcd = ({ dcs }: RunbookPlaces): boolean => /^etcd/.test(dcs.kind) && dcs.endpoints.length > 0;

const freshBackups = ({ backups }: Snapshot) => backups.sources.filter(({ trust }) => trust === "fresh");

function newestBackup(picture: Snapshot) {
  const all = freshBackups(picture).flatMap(({ last }) => (last?.stoppedAt ? [last] : []));
  return all.reduce<(typeof all)[number] | null>(
    (best, one) => (best === null || String(one.stoppedAt) > String(best.stoppedAt) ? one : best),
    null,
  );
}

const restoreWindow = (picture: Snapshot) =>
  freshBackups(picture).find(({ window }) => window !== null)?.window ?? null;

/** The leader's release; without a leader the one that all members share. */
function versionOf(picture: Snapshot): string | null {
  const own = leaderOf(picture)?.versions.postgres;
  if (own) return own;
  const all = new Set(picture.members.flatMap(({ versions }) => versions.postgres ?? []));
  const [only] = all;
  return all.size === 1 ? (only ?? null) : null;
}

const majorOf = (version: string | null): string | null => /^\d+/.exec(version ?? "")?.[0] ?? null;
