import type { ClusterConfig } from "@/lib/config/types";
import type { DcsView } from "@/lib/domain/facts";
import type { Result } from "@/lib/domain/observation";
import type { Eyes } from "./eyes";
import { advise, type CheckLine, failed, line, type Place } from "./report";

/** The DCS itself: may the scope be read, and is it there? Null where it is read through Patroni. */
export function checkView(cluster: ClusterConfig, view: Result<DcsView> | null): CheckLine[] {
  const { dcs, scope } = cluster;
  const place: Place = { subject: "dcs", name: dcs.kind, address: `/${dcs.namespace}/${scope}/` };
  if (view === null) return dcs.kind === "none" ? [] : [line(place, "note", "dcs.throughPatroni", { kind: dcs.kind })];
  if (!view.ok) return [failed(place, view.failure, { user: dcs.username ?? "", path: `/${dcs.namespace}/${scope}/` })];
  const { members, leader } = view.value;
  if (members.length === 0 && leader === null && view.value.systemId === null) {
    return [line(place, "bad", "dcs.empty", {}, advise("dcsPath", { path: `/${dcs.namespace}/${scope}/` }))];
  }
  const as = dcs.username ?? "";
  const text = leader ? "dcs.read" : "dcs.readNoLeader";
  return [
    line(place, leader ? "good" : "warn", text, { user: as, leader: leader?.name ?? "", members: members.length }),
  ];
}

/** Each configured endpoint of etcd, and those that etcd has besides. */
export async function checkDcsMembers(cluster: ClusterConfig, eyes: Eyes): Promise<CheckLine[]> {
  const { endpoints, username } = cluster.dcs;
  const [listed, ...lines] = await Promise.all([
    eyes.dcsMembers(cluster),
    ...endpoints.map(async (endpoint) => {
      const place: Place = { subject: "dcs-member", name: null, address: endpoint };
      const status = await eyes.dcsStatus(cluster, endpoint);
      if (!status.ok) return failed(place, status.failure, { user: username ?? "" });
      const { name, version, isLeader, errors } = status.value;
      const params = { version: version ?? "?", leads: isLeader ? "yes" : "no", user: username ?? "" };
      const healthy = line({ ...place, name }, errors.length === 0 ? "good" : "warn", "dcs.member", params);
      return { ...healthy, said: errors.length > 0 ? errors.join(", ") : null };
    }),
  ]);
  if (!listed.ok) return lines;
  const other = listed.value
    .filter(({ clientUrls }) => !clientUrls.some((url) => endpoints.includes(url.replace(/\/$/, ""))))
    .flatMap(({ clientUrls }) => clientUrls.slice(0, 1));
  if (other.length === 0) return lines;
  const place: Place = { subject: "dcs-member", name: null, address: null };
  return [...lines, line(place, "note", "dcs.others", { endpoints: other.join(", ") })];
}
