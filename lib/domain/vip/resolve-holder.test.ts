import { describe, expect, it } from "vitest";
import { makePlaces } from "../evidence/places";
import type { VipEvidence, VipProbe } from "../facts";
import { hostName, memberName } from "../ids";
import { resolveVipHolder } from "./resolve-holder";

const members = [1, 2, 3].map((n) => ({ name: memberName(`node${n}`), host: `10.0.0.${n}`, port: 5432 }));
const setting = {
  scope: "demo",
  places: makePlaces(members),
  candidates: members.map((m) => ({
    name: m.name,
    host: m.host,
    postmasterStartTime: `2026-11-18 04:10:0${m.host.at(-1)}.1`,
  })),
};
const saw = (evidence: VipEvidence): VipProbe => ({ method: evidence.method, evidence, failure: null });
const failed = (method: VipProbe["method"], kind: string): VipProbe => ({
  method,
  evidence: null,
  failure: { kind, text: kind },
});
const patroni = (memberNameSeen: string | null, started: string | null = null, scope: string | null = null) =>
  saw({ method: "patroni", memberName: memberNameSeen, postmasterStartTime: started, scope });
const neighbour = (mac: string, macs: readonly string[] = ["a1", "a2", "a3"], heard: readonly string[] = []) =>
  saw({ method: "neighbour", mac, heard, hosts: macs.map((m, i) => ({ host: hostName(`10.0.0.${i + 1}`), mac: m })) });
const haproxy = (...sameAs: string[]) => saw({ method: "haproxy", sameAs });
const resolve = (...probes: VipProbe[]) => resolveVipHolder({ address: "10.0.0.200", probes }, setting);

describe("the VIP's holder", () => {
  const cases: readonly (readonly [string, readonly VipProbe[], readonly string[], string | null, boolean | null])[] = [
    ["is named by Patroni", [patroni("node2")], ["node2"], "patroni", true],
    ["is named whatever the case", [patroni("NODE2")], ["node2"], "patroni", true],
    [
      "is told by the start time before Patroni 3.2",
      [patroni(null, "2026-11-18 04:10:03.1")],
      ["node3"],
      "patroni",
      true,
    ],
    ["is not told by an unknown start time", [patroni(null, "2020-01-01 00:00:00")], [], null, true],
    ["is told by the MAC", [failed("patroni", "timeout"), neighbour("A3")], ["node3"], "neighbour", true],
    ["is not told by VRRP's virtual MAC", [neighbour("00:00:5e:00:01:33", ["00:00:5e:00:01:33"])], [], null, true],
    ["is not told by a MAC that several hosts share", [neighbour("a1", ["a1", "a1"])], [], null, true],
    ["is told by HAProxy's page", [haproxy("node1")], ["node1"], "haproxy", true],
    ["is not one of HAProxy's twins", [haproxy("node1", "node2")], [], null, true],
    ["is Patroni's over the neighbour table's", [neighbour("a1"), patroni("node2")], ["node2"], "patroni", true],
    [
      "is several when answers of one method differ",
      [patroni("node1"), patroni("node3")],
      ["node1", "node3"],
      "patroni",
      true,
    ],
    [
      "is both hosts that answer one question, whichever of them Patroni is reached on",
      [patroni("node1"), neighbour("a1", undefined, ["a3", "a1"])],
      ["node1", "node3"],
      "neighbour",
      true,
    ],
    [
      "is one where the other that answers is no host of ours",
      [patroni("node1"), neighbour("a1", undefined, ["a1", "b7"])],
      ["node1"],
      "patroni",
      true,
    ],
    ["is nobody of ours when a stranger answers", [patroni("node9")], [], null, true],
    [
      "is nobody of ours when another cluster answers",
      [patroni("node1", null, "other"), neighbour("a1")],
      [],
      "patroni",
      true,
    ],
    [
      "is nowhere when nothing speaks",
      [failed("patroni", "timeout"), failed("neighbour", "unreachable")],
      [],
      null,
      false,
    ],
    ["is somewhere when something refuses", [failed("patroni", "refused")], [], null, true],
    [
      "is somewhere when a password is asked for",
      [failed("patroni", "unauthorized"), failed("haproxy", "timeout")],
      [],
      null,
      true,
    ],
    ["is unknown when no method applies", [failed("neighbour", "unsupported")], [], null, null],
    ["is unknown without probes", [], [], null, null],
  ];
  it.each(cases)("%s", (_name, probes, holders, method, answers) => {
    expect(resolve(...probes)).toMatchObject({ holders, method, answers });
  });

  it("says that another cluster is behind the VIP", () => {
    expect(resolve(patroni("node1", null, "other")).text).toEqual({
      key: "domain.vip.foreign",
      params: { address: "10.0.0.200", scope: "other" },
    });
  });
});
