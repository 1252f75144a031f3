import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { holdOf } from "./write-path";

/** Each witness that points elsewhere than the verdict. */
export const witnessDisagrees: FindingRule = {
  id: "witness-disagrees",
  group: "writing",
  runbook: null,
  find({ picture: { writePath: path }, evidence }) {
    if (path.state === "ok" || path.code === "starting") return [];
    return path.witnesses
      .filter(({ verdict }) => verdict === "disagree")
      .map(({ layer, text, points, sourceIds }) => ({
        severity: "warn",
        subject: subject("cluster", layer, points),
        key: layer,
        text,
        evidence: sourceIds.map((sourceId) => ({ text, sourceId })),
        holdMs: holdOf(path, evidence),
      }));
  },
};
