import { message } from "../../../message";
import type { MemberWitness } from "../../../snapshot";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";
import { saysTheSame } from "./verdict";

/** Several servers accept writes at one time, as the verdict has proven it: two looks on either side of a handover prove nothing. */
export const twoWritable: FindingRule = {
  id: "two-writable",
  group: "writing",
  runbook: "split-brain",
  find({ picture: { writePath, members } }) {
    if (writePath.code !== "split-brain") return [];
    const { a = "?", b = "?", timelineA = "?", timelineB = "?" } = writePath.message.params;
    const text = message("finding.two-writable.text", { a, b, timelineA, timelineB });
    const evidence = members.flatMap(({ witnesses }) =>
      witnesses.filter(saysWriter).map((one) => ({ text: one.text, sourceId: one.sourceId })),
    );
    return [{ severity: "critical", subject: CLUSTER, text, evidence }];
  },
  explains: (own, other) => saysTheSame(own, other, ["split-brain"]) || FOLLOWS.has(other.rule),
};

const FOLLOWS: ReadonlySet<string> = new Set(["key-and-recovery-disagree", "expired-key-writable", "timeline-differs"]);

const saysWriter = ({ layer, says, trust }: MemberWitness): boolean =>
  trust === "fresh" && says === "writer" && (layer === "postgres" || layer === "patroni");
