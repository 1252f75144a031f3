import type { ClusterConfig, Config } from "@/lib/config/types";
import type { DcsView } from "@/lib/domain/facts";
import { fail, type Result } from "@/lib/domain/observation";
import { checkConsole, checkLock, checkServers, checkSignal } from "./check-acting";
import { checkBackups } from "./check-backups";
import { checkDcsMembers, checkView } from "./check-dcs";
import { checkPatroni, checkSeed } from "./check-patroni";
import { checkHaproxy, checkPgbouncer, checkPostgres } from "./check-servers";
import { checkClientEye, checkVip } from "./check-vip";
import { type CheckedMember, type Eyes, realEyes } from "./eyes";
import { advise, type CheckLine, type CheckReport, type ClusterReport, line } from "./report";

/**
 * Looks once at everything that is configured, all at once, and says of each whether it was reached, as whom, and what is
 * missing. Changes nothing anywhere. Takes some ten seconds at most.
 */
export async function checkConfig(config: Config, eyes: Eyes = realEyes): Promise<CheckReport> {
  const clusters = await Promise.all(config.clusters.map((cluster) => checkCluster(cluster, eyes)));
  return { general: checkAuth(config), clusters };
}

function checkAuth({ auth }: Config): CheckLine[] {
  const place = { subject: "auth", name: null, address: null } as const;
  if (auth.users.length > 0)
    return [line(place, "good", "auth.users", { users: auth.users.length, tokens: auth.tokens.length })];
  return [line(place, "warn", "auth.nobody", { tokens: auth.tokens.length }, advise("users"))];
}

async function checkCluster(cluster: ClusterConfig, eyes: Eyes): Promise<ClusterReport> {
  const { scope, title, dcs, patroni, haproxy } = cluster;
  const readsEtcd = dcs.kind === "etcd3";
  const statuses = readsEtcd ? checkDcsMembers(cluster, eyes) : Promise.resolve([]);
  const pages = Promise.all((haproxy?.nodes ?? []).map((node) => checkHaproxy(cluster, node, eyes)));
  const [view, seen] = await Promise.all([readsEtcd ? eyes.dcsView(cluster) : null, seenBySeeds(cluster, eyes)]);
  const members = membersOf(view?.ok ? view.value : seen.ok ? seen.value : null);
  const perMember = async (check: (member: CheckedMember) => Promise<CheckLine[]>) =>
    (await Promise.all(members.map(check))).flat();
  const lines = await Promise.all([
    checkView(cluster, view),
    checkLock(cluster, eyes),
    statuses,
    Promise.all(patroni.seeds.map((seed) => checkSeed(cluster, seed, members, eyes))),
    members.length > 0 ? [] : [line({ subject: "members", name: null, address: null }, "bad", "members.unknown")],
    perMember((member) => checkPatroni(cluster, member, eyes)),
    perMember((member) => checkPostgres(cluster, member, eyes)),
    perMember((member) => checkSignal(cluster, member, eyes)),
    perMember((member) => checkPgbouncer(cluster, member, eyes)),
    perMember((member) => checkConsole(cluster, member, eyes)),
    pages.then((all) => all.flat()),
    Promise.all((haproxy?.nodes ?? []).map((node) => checkServers(cluster, node, eyes))).then((all) => all.flat()),
    checkVip(cluster, members, eyes),
    checkClientEye(cluster, eyes),
    checkBackups(cluster, members, eyes),
  ]);
  return { scope, title, lines: lines.flat() };
}

/** The cluster as the first seed that answers sees it. */
async function seenBySeeds(cluster: ClusterConfig, eyes: Eyes): Promise<Result<DcsView>> {
  let last: Result<DcsView> = fail("unsupported", "no seed is configured");
  for (const seed of cluster.patroni.seeds) {
    last = await eyes.patroniCluster(cluster, seed);
    if (last.ok) return last;
  }
  return last;
}

const membersOf = (view: DcsView | null): CheckedMember[] =>
  (view?.members ?? []).map(({ name, host, port, apiUrl }) => ({ name, host, port, apiUrl }));
