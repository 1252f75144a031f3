import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { instant } from "../../../ids";
import { healthyState, NOW } from "../../../testing/builders";
import { certificate, shows } from "../../../testing/server";
import { find, readings, says } from "../../testing/server";
import { certificateEnds } from "./certificate-ends";

const DAY_MS = 86_400_000;
const one = (days: number) => shows(healthyState(), "postgres", "node1", [certificate(days)]);
const livesFor = (days: number, left: number) =>
  shows(
    healthyState(),
    "etcd",
    "10.0.0.2:2379",
    [certificate(left, { from: instant(NOW + (left - days) * DAY_MS) })],
    NOW,
    "10.0.0.2:2379",
  );
const NAME = "db.example.org 9f86d081";

describe("certificate-ends", () => {
  test.each<[string, ClusterState, readonly string[]]>([
    ["22 days left", one(22), []],
    ["three weeks left", one(21), [`warn ${NAME}`]],
    ["a week left", one(7), [`critical ${NAME}`]],
    ["ended yesterday", one(-1), [`critical ${NAME}`]],
    ["TLS is not offered", shows(healthyState(), "postgres", "node1", []), []],
    ["nobody answered yet", shows(healthyState(), "postgres", "node1", "timeout"), []],
    ["of 24 hours, ten are left", livesFor(1, 10 / 24), []],
    ["of 24 hours, seven are left", livesFor(1, 7 / 24), [`warn ${NAME}`]],
    ["of 24 hours, two are left", livesFor(1, 2 / 24), [`critical ${NAME}`]],
    ["the last answer is disproved", shows(one(-1), "postgres", "node1", "refused", NOW + 1), []],
    ["a look was late since", shows(one(-1), "postgres", "node1", "timeout", NOW + 1), [`critical ${NAME}`]],
  ])("%s", (_what, state, expected) => {
    expect(says(certificateEnds, state, NOW + 2)).toEqual(expected);
  });

  test("four hours after the last look nothing is told", () => {
    expect(says(certificateEnds, one(-1), NOW + 4 * 3_600_000)).toEqual([]);
  });

  test("one certificate on several services is one finding, which names them all and belongs to no host", () => {
    const shared = certificate(3);
    const first = shows(shows(healthyState(), "postgres", "node1", [shared]), "pgbouncer", "node1", [shared]);
    expect(find(certificateEnds, first)[0]?.subject.member).toBe("node1");
    const [draft, ...others] = find(certificateEnds, shows(first, "patroni", "node2", [shared]));
    expect(others).toEqual([]);
    expect(draft?.subject.member).toBeNull();
    expect(draft?.evidence.map(({ sourceId }) => sourceId)).toEqual([
      "certificate:postgres/node1",
      "certificate:pgbouncer/node1",
      "certificate:patroni/node2",
    ]);
    const text =
      "The certificate db.example.org ends on 2026-11-24 03:00 UTC, in 3 days: postgres/node1, pgbouncer/node1, patroni/node2";
    expect(draft && readings(certificateEnds, draft)[0]).toBe(text);
  });

  test("an issuer that ends before its certificates is told of by its own name", () => {
    const issuer = certificate(5, { name: "Example CA 2", fingerprint: "00".repeat(32) });
    const state = shows(healthyState(), "haproxy", "node3", [certificate(200), issuer]);
    expect(says(certificateEnds, state)).toEqual(["critical Example CA 2 00000000"]);
  });

  test("an etcd endpoint is on the host that has its address", () => {
    expect(find(certificateEnds, livesFor(300, 1))[0]?.subject.member).toBe("node2");
  });

  test.each([-40, -1, 0.5, 1, 2, 5, 21])("%d days: reads well", (days) => {
    const [draft] = find(certificateEnds, one(days));
    for (const text of draft ? readings(certificateEnds, draft) : [""]) expect(text).not.toMatch(/[{}]|^$/);
  });
});
