import { exec, HOSTS, type HostName, hostAddress, PORTS, readTruth, SCOPE, type Truth } from "@/lab/index";
import type { PlanAnswer } from "@/lib/contract/actions/plan";
import type { ActionRequest } from "@/lib/domain/actions/request";
import { memberName } from "@/lib/domain/ids";
import { type Api, blockedBy } from "./api";
import { until } from "./until";

/** The members of the lab that do not lead. */
export const followersOf = (leader: HostName): HostName[] => HOSTS.slice(0, 3).filter((host) => host !== leader);

/** A switchover now. */
export const switchoverTo = (candidate: HostName) =>
  ({ action: "switchover", candidate: memberName(candidate), scheduledAt: null }) as const satisfies ActionRequest;

/** Until one leads and every other member streams behind it, by the hosts' own word. */
export const steady = (leader?: HostName): Promise<Truth & { readonly leaderKey: HostName }> =>
  until(
    async () => {
      const truth = await readTruth();
      const [writer] = truth.writable;
      if (!writer || truth.writable.length !== 1 || truth.leaderKey !== writer || (leader && writer !== leader)) {
        return undefined;
      }
      const streaming = followersOf(writer).every((host) => truth.hosts[host]?.receiverStreaming);
      return streaming ? { ...truth, leaderKey: writer } : undefined;
    },
    { deadlineMs: 60_000, everyMs: 200, what: "one leader and every other member streaming" },
  );

/** A plan that nothing blocks: after a handover the members need a moment to stream again. */
export async function freePlan(api: Api, request: ActionRequest): Promise<PlanAnswer> {
  let seen: readonly string[] = [];
  return await until(
    async () => {
      const plan = await api.plan(request);
      seen = blockedBy(plan);
      return seen.length === 0 ? plan : undefined;
    },
    { deadlineMs: 45_000, everyMs: 500, what: "a plan without blocks", seen: () => seen },
  );
}

/** Whose reign it is, by the hosts' own word: an unchanged revision means that nobody else led in between. */
export const reign = ({ leaderKey, leaderKeyRevision }: Truth) => ({ leaderKey, leaderKeyRevision });

/** What stands under a key in etcd, by a linearizable read; empty when there is none. */
async function etcdValue(key: string): Promise<string> {
  const host = HOSTS[0] as HostName;
  const endpoint = `http://${hostAddress(host)}:${PORTS.etcdClient}`;
  const { stdout } = await exec(host, ["etcdctl", `--endpoints=${endpoint}`, "get", "--print-value-only", key]);
  return stdout.trim();
}

/** What stands under our own key; null when it is free. */
export const lockKey = async (): Promise<string | null> => (await etcdValue(`/matriarch/${SCOPE}/lock`)) || null;

/** Patroni's key by which a handover is asked for. */
export const failoverKey = (): Promise<string> => etcdValue(`/db/${SCOPE}/failover`);
