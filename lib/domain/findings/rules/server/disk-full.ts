import { message } from "../../../message";
import type { DiskSpace } from "../../../vitals/facts";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";

/** How full the filesystems are that a server writes to, where its host tells. */
export const diskFull: FindingRule = {
  id: "disk-full",
  group: "server",
  runbook: "slot-fills-disk",
  find(input) {
    const { diskWarnPercent, diskCriticalPercent } = input.limits;
    return freshVitals(input).flatMap(({ name, vitals }) =>
      (vitals.disk?.disks ?? []).flatMap((disk) => {
        const percent = percentUsed(disk);
        if (percent === null || percent < diskWarnPercent) return [];
        const holds = disk.holds.includes("data") ? "data" : disk.holds.includes("wal") ? "wal" : "tablespace";
        const text = message("finding.disk-full.text", { member: name, mount: disk.mount, percent, holds });
        const severity = percent >= diskCriticalPercent ? "critical" : "warn";
        return [{ severity, subject: ofMember(name), key: disk.mount, text, evidence: byVitals(name, text) }];
      }),
    );
  },
  /** What cannot be written fails. */
  explains: (own, other) =>
    own.severity === "critical" && other.rule === "archiving" && other.subject.member === own.subject.member,
};

/** As `df` counts: of what an ordinary user may use. */
function percentUsed({ usedBytes, freeBytes }: DiskSpace): number | null {
  const all = usedBytes + freeBytes;
  return all > 0 ? Math.ceil((100 * usedBytes) / all) : null;
}
