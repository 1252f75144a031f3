import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, type EtcdMemberView, restsOn } from "./views";

const ALARMS = ["NOSPACE", "CORRUPT"] as const;

/** An alarm of etcd: it takes no writes (`NOSPACE`) or does not trust its own data (`CORRUPT`) until someone disarms it. */
export const dcsNospace: FindingRule = {
  id: "dcs-nospace",
  group: "dcs",
  runbook: "no-leader",
  find({ picture }) {
    return ALARMS.flatMap((alarm) => {
      const tell = answering(picture).filter((member) => raises(member, alarm));
      if (tell.length === 0) return [];
      const text = message("finding.dcs-nospace.text", { alarm: alarm.toLowerCase() });
      const evidence = restsOn(tell, () => text);
      return [{ severity: "critical", subject: subject("dcs", "dcs"), key: alarm.toLowerCase(), text, evidence }];
    });
  },
  explains: (own, other) => own.id.endsWith("/nospace") && other.rule === "dcs-quota",
};

/** Where only root may ask for alarms, the member's own status still carries them among its errors (`memberID:… alarm:NOSPACE`). */
const raises = ({ alarms, errors }: EtcdMemberView, alarm: string): boolean =>
  alarms?.includes(alarm) || errors.some((error) => error.includes(`alarm:${alarm}`));
