import { HOSTS, type HostName, readTruth } from "@/lab/index";

/** Who holds the leader key by the hosts' own word; throws when nobody does. */
export async function leaderNow(): Promise<HostName> {
  const { leaderKey } = await readTruth();
  const leader = HOSTS.find((host) => host === leaderKey);
  if (!leader) throw new Error("the settled lab has no leader");
  return leader;
}
