import { incidentPath } from "@/lib/client/paths";
import type { IncidentsAnswer } from "@/lib/contract/incident";

/** Tells of a moment the address of the incident that it lies in; null for one of a quiet time. */
export function incidentOf(
  scope: string,
  incidents: IncidentsAnswer["incidents"] | null,
): (at: string) => string | null {
  return (at) => {
    const ms = Date.parse(at);
    const found = incidents?.find(({ from, to }) => Date.parse(from) <= ms && ms <= Date.parse(to));
    return found ? incidentPath(scope, found.from, found.to) : null;
  };
}
