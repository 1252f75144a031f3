import { describe, expect, it } from "vitest";
import { healthyState, NOW, patchPatroni, patchPostgres } from "../../../testing/builders";
import { type SampleKind, sampleState } from "../../../testing/samples";
import { says } from "../../../testing/writing";
import { keyAndRecoveryDisagree } from "./key-and-recovery-disagree";
import { witnessDisagrees } from "./witness-disagrees";
import { writePath } from "./write-path";

const open = (name: string) =>
  patchPatroni(patchPostgres(healthyState(), name, { inRecovery: false }, NOW, 0), name, { role: "primary" });
const inRecovery = (name: string) =>
  patchPatroni(patchPostgres(healthyState(), name, { inRecovery: true }, NOW, 0), name, { role: "replica" });

describe("the runbook that is offered", () => {
  it.each<readonly [SampleKind, string | null]>([
    ["split", "split-brain"],
    ["no-leader", "no-leader"],
    ["leader-unreachable", "emergency-failover"],
    ["misrouted", "routing-failure"],
    ["pool-empty", "routing-failure"],
    ["vip-elsewhere", "routing-failure"],
    ["blind", null],
  ])("with the verdict of a cluster that is %s: %s", (kind, runbook) => {
    const state = sampleState(kind, { now: NOW });
    expect(says(writePath, state).map((draft) => draft.runbook)).toEqual([runbook]);
  });

  it("with a layer that points elsewhere: the one for the way of clients, and none for the servers", () => {
    const offered = (kind: SampleKind) =>
      says(witnessDisagrees, sampleState(kind, { now: NOW })).map(({ subject, runbook }) => [subject.name, runbook]);
    expect(offered("vip-elsewhere")).toContainEqual(["vip", "routing-failure"]);
    expect(says(witnessDisagrees, inRecovery("node1")).map(({ runbook }) => runbook)).toEqual([null, null]);
  });

  it("with a server that is open beside the holder of the key: the one for a split", () => {
    const drafts = says(keyAndRecoveryDisagree, open("node3"));
    expect(drafts).toMatchObject([{ key: "open", runbook: "split-brain" }]);
  });
});
