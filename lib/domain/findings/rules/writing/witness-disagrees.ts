import type { WitnessLayer } from "../../../snapshot";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { holdOf } from "./write-path";

/** Layers on the way of clients to the server; the rest are the servers themselves. */
const ON_THE_WAY: ReadonlySet<WitnessLayer> = new Set(["client", "vip", "haproxy", "pgbouncer"]);

/**
 * Each witness that points elsewhere than the verdict. Which runbook hangs on the layer; none where the servers themselves disagree, since
 * the verdict, of which this is a part, offers what fits the whole.
 */
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
        runbook: ON_THE_WAY.has(layer) ? "routing-failure" : null,
      }));
  },
};
