import { memberName } from "@/lib/domain/ids";
import { createInspectConnection, type InspectTarget } from "@/lib/sources/postgres/inspect/connection";
import { createInspector, type Inspector } from "../inspector";

/** An inspector of members at known addresses, without a collector that finds them. */
export function startInspectorFor<H extends string>(
  scope: string,
  hosts: readonly H[],
  targetOf: (host: H) => InspectTarget,
): Inspector {
  const roster = hosts.map((host) => {
    const target = targetOf(host);
    return {
      name: memberName(host),
      host: target.host,
      port: target.port,
      apiUrl: null,
      firstSeenAt: 0,
      lastInDcsAt: 0,
    };
  });
  const [first] = hosts;
  if (first === undefined) throw new Error("an inspector of nobody");
  const connect = (address: { host: string; port: number }, database: string | null) =>
    createInspectConnection({ ...targetOf(first), ...address }, database ?? "postgres");
  return createInspector([{ scope, roster: () => roster, connect }]);
}
