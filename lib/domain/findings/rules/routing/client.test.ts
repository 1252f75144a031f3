import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { healthyState, NOW } from "../../../testing/builders";
import { eyeSees, finds } from "../../../testing/client-eye";
import { aged } from "../../../testing/judge";
import { said, standbyCluster } from "../../../testing/routing";
import { clientCutOff } from "./client-cut-off";
import { clientReadOnly } from "./client-read-only";

const cluster = () => healthyState({ clientEye: true });
const told = (state: ClusterState, now = NOW + 10) =>
  [clientReadOnly, clientCutOff].flatMap((rule) =>
    said(rule, state, now).map(({ severity, text: { params } }) => [
      severity,
      rule.id,
      params.member ?? params.failure,
    ]),
  );

describe("the client's own eye", () => {
  it.each([
    ["meets a replica", eyeSees(cluster(), finds(1, "read-only")), [["critical", "client-read-only", "node2"]]],
    [
      "meets a leader that is set read-only",
      eyeSees(cluster(), finds(0, "read-only")),
      [["critical", "client-read-only", "node1"]],
    ],
    [
      "meets a read-only server that nobody knows",
      eyeSees(cluster(), finds(7, "read-only")),
      [["critical", "client-read-only", "?"]],
    ],
    ["is refused", eyeSees(cluster(), "refused"), [["critical", "client-cut-off", "refused"]]],
    ["hears nothing", eyeSees(cluster(), "timeout", 3), [["critical", "client-cut-off", "timeout"]]],
  ])("is believed when it %s", (_, state, says) => {
    expect(told(state)).toEqual(says);
  });

  it.each([
    ["gets to write", cluster()],
    ["failed once", eyeSees(cluster(), "timeout", 1)],
    ["has a wrong password, which tells nothing of others", eyeSees(cluster(), "unauthorized", 3)],
    ["looks at a standby cluster, which is read-only by design", eyeSees(standbyCluster(), finds(0, "read-only"))],
    ["is not configured", healthyState()],
  ])("says nothing when it %s", (_, state) => {
    expect(told(state)).toEqual([]);
  });

  it("says nothing once it has not looked for three beats", () => {
    expect(told(eyeSees(cluster(), "refused"), NOW + 3_500)).toEqual([]);
  });

  it("names a server by what members say now, and not by what they said long ago", () => {
    const state = eyeSees(cluster(), finds(1, "read-only"));
    const old = aged(aged(state, "postgres", "node2", 60_000), "patroni", "node2", 60_000);
    expect(told(old)).toEqual([["critical", "client-read-only", "?"]]);
  });
});
