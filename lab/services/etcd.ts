import { etcdHosts, type HostName, hostAddress, PORTS } from "../settings";
import type { Launch, Plan } from "./plan";

/**
 * One etcd member. `initial-cluster-state=new` is right for a restart too: a member that finds its
 * data folder ignores it. The v2 interface stays off (etcd 3.6 has lost it); Patroni speaks v3.
 */
export function etcdLaunch(host: HostName, plan: Plan): Launch | null {
  const members = etcdHosts(plan.hosts);
  if (!members.includes(host)) return null;
  const address = hostAddress(host);
  const client = `http://${address}:${PORTS.etcdClient}`;
  const peer = (name: HostName) => `http://${hostAddress(name)}:${PORTS.etcdPeer}`;
  const argv = [
    "etcd",
    `--name=${host}`,
    "--data-dir=/var/lib/etcd/lab",
    `--listen-peer-urls=${peer(host)}`,
    `--listen-client-urls=${client},http://127.0.0.1:${PORTS.etcdClient}`,
    `--initial-advertise-peer-urls=${peer(host)}`,
    `--advertise-client-urls=${client}`,
    `--initial-cluster=${members.map((name) => `${name}=${peer(name)}`).join(",")}`,
    "--initial-cluster-token=etcd-cluster-pg",
    "--initial-cluster-state=new",
    "--auto-compaction-mode=periodic",
    "--auto-compaction-retention=1h",
    "--logger=zap",
  ];
  return { service: "etcd", user: "etcd", argv };
}

export function etcdEndpoints(hosts: readonly HostName[]): string[] {
  return etcdHosts(hosts).map((host) => `http://${hostAddress(host)}:${PORTS.etcdClient}`);
}
