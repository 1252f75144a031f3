import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fail, ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { compareMacs } from "./neighbour";
import { type Neighbour, type NeighbourTable, parseArp, parseEntry } from "./neighbour-table";
import type { VipTarget } from "./types";

const VIP = "10.0.0.200";
const target: VipTarget = {
  address: VIP,
  follows: "leader",
  scope: "demo",
  patroniPort: 8008,
  patroniTls: null,
  hosts: [
    { name: "pg1", host: "10.0.0.1" },
    { name: "pg2", host: "10.0.0.2" },
  ],
  haproxy: null,
  timeoutMs: 100,
};
const has = (mac: string): Neighbour => ({ mac });
const asking: Neighbour = { mac: null };

function tableOf(
  entries: Readonly<Record<string, Neighbour>>,
  own: Readonly<Record<string, string>> = {},
): NeighbourTable {
  return { entry: async (address) => ok(entries[address] ?? null), ownMac: (address) => own[address] ?? null };
}
const answers = async () => null;
const unheard = () => [];
const silent = (kind: SourceFailure["kind"]) => async () => ({ kind, text: kind });

describe("ip -j neigh", () => {
  test("an entry of iproute2 6.1", () => {
    const output = readFileSync(new URL("./fixtures/neigh.iproute2-6.1.json", import.meta.url), "utf8");
    expect(parseEntry(output)).toEqual(ok({ mac: "8a:28:87:78:0e:e5" }));
  });

  test.each<[string, string, Result<Neighbour>]>([
    ["no output", "", ok(null)],
    ["no entry", "[]", ok(null)],
    ["nobody answered", '[{"dst":"10.0.0.200","dev":"eth0","state":["FAILED"]}]', ok({ mac: null })],
    [
      "of two devices the one that got an answer counts",
      '[{"dst":"x","dev":"a","state":["FAILED"]},{"dst":"x","dev":"b","lladdr":"AA:00:00:00:00:01","state":["STALE"]}]',
      ok({ mac: "aa:00:00:00:00:01" }),
    ],
    ["something else", "{", fail("malformed", "the answer of ip neigh was not understood")],
  ])("%s", (_, output, wanted) => expect(parseEntry(output)).toEqual(wanted));
});

describe("/proc/net/arp", () => {
  const text = readFileSync(new URL("./fixtures/arp.linux-6.txt", import.meta.url), "utf8");
  test.each<[string, string, Neighbour]>([
    ["a complete entry", "10.213.7.200", { mac: "8a:28:87:78:0e:e5" }],
    ["a question without an answer", "10.213.7.204", { mac: null }],
    ["no entry; a longer address is another one", "10.213.7.20", null],
  ])("%s", (_, address, wanted) => expect(parseArp(text, address)).toEqual(wanted));
});

describe("MAC behind the VIP", () => {
  test("is given with those of the hosts", async () => {
    const table = tableOf({ [VIP]: has("bb"), "10.0.0.1": has("aa"), "10.0.0.2": has("bb") });
    expect(await compareMacs(target, table, answers, unheard)).toEqual(
      ok({
        method: "neighbour",
        heard: [],
        mac: "bb",
        hosts: [
          { host: "10.0.0.1", mac: "aa" },
          { host: "10.0.0.2", mac: "bb" },
        ],
      }),
    );
  });

  test("a remembered MAC of a holder that answers no more is no evidence", async () => {
    const table = tableOf({ [VIP]: has("bb") });
    expect(await compareMacs(target, table, silent("timeout"), unheard)).toMatchObject({
      failure: { kind: "timeout" },
    });
  });

  test("asked for before and after, and no machine named itself: nobody has the address", async () => {
    const table = tableOf({ [VIP]: asking });
    expect(await compareMacs(target, table, silent("timeout"), unheard)).toMatchObject({
      failure: { kind: "unreachable" },
    });
  });

  test("a first question without an answer proves nothing", async () => {
    let asked = 0;
    const table = { ...tableOf({}), entry: async () => ok(asked++ === 0 ? null : asking) };
    expect(await compareMacs(target, table, silent("timeout"), unheard)).toMatchObject({
      failure: { kind: "timeout" },
    });
  });

  test("a VIP that answers from another network has no entry: the method does not apply", async () => {
    expect(await compareMacs(target, tableOf({}), answers, unheard)).toMatchObject({
      failure: { kind: "unsupported" },
    });
  });

  test("the machine that we run on may hold it itself", async () => {
    const table = tableOf({ "10.0.0.1": has("aa") }, { [VIP]: "cc", "10.0.0.2": "cc" });
    expect(await compareMacs(target, table, silent("timeout"), unheard)).toMatchObject({
      value: { mac: "cc", hosts: [{ mac: "aa" }, { host: "10.0.0.2", mac: "cc" }] },
    });
  });

  test("without the ip command the method does not apply", async () => {
    const table = { ...tableOf({}), entry: async () => fail<Neighbour>("unsupported", "no ip") };
    expect(await compareMacs(target, table, answers, unheard)).toMatchObject({ failure: { kind: "unsupported" } });
  });

  test("a host whose MAC is not known is asked once, and left out if it stays unknown", async () => {
    const reached: string[] = [];
    const reach = async ({ address }: { address: string }) => {
      reached.push(address);
      return null;
    };
    const table = tableOf({ [VIP]: has("bb"), "10.0.0.2": has("bb") });
    expect(await compareMacs(target, table, reach, unheard)).toMatchObject({
      value: { hosts: [{ host: "10.0.0.2" }] },
    });
    expect(reached).toEqual([VIP, "10.0.0.1"]);
  });
});
