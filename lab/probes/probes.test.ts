import { describe, expect, it } from "vitest";
import { localAddresses } from "../network";
import { parseLeaderKey, parseMember } from "./etcd";
import { parsePools } from "./haproxy";
import { parseFacts } from "./psql";
import { parseObject } from "./relay";

describe("parsePools", () => {
  it("finds columns by name and leaves the pools' own lines out", () => {
    const csv = `# pxname,svname,weight,status
stats,FRONTEND,,OPEN
postgres_master,FRONTEND,,OPEN
postgres_master,node1,1,UP
postgres_master,node2,1,DOWN 1/2
postgres_master,BACKEND,1,UP
postgres_replicas,node2,1,MAINT`;
    expect(parsePools(csv)).toEqual({ write: { node1: "UP", node2: "DOWN 1/2" }, read: { node2: "MAINT" } });
  });

  it("gives null for an answer that is not statistics", () => {
    expect(parsePools("Unknown command")).toBeNull();
  });
});

describe("etcd answers", () => {
  it("keeps 64-bit ids as text and knows the leader", () => {
    const answer = { header: { member_id: "17765448483518000193", raft_term: "4" }, leader: "17765448483518000193" };
    expect(parseMember(answer)).toEqual({ memberId: "17765448483518000193", isLeader: true, raftTerm: 4 });
  });

  it("takes a member without a leader for a follower", () => {
    expect(parseMember({ header: { member_id: "1" } })?.isLeader).toBe(false);
    expect(parseMember(null)).toBeNull();
  });

  it("tells a free leader key from no answer", () => {
    expect(parseLeaderKey({ header: { revision: "9" } })).toEqual({
      holder: null,
      modRevision: null,
      storeRevision: 9n,
    });
    expect(parseLeaderKey({ error: "no leader", code: 14 })).toBeNull();
    const kv = { value: Buffer.from("node2").toString("base64"), mod_revision: "41" };
    expect(parseLeaderKey({ header: { revision: "50" }, kvs: [kv] })).toMatchObject({
      holder: "node2",
      modRevision: "41",
    });
  });
});

describe("localAddresses", () => {
  it("lists what the kernel holds as local and nothing it only routes to", () => {
    const trie = `Main:
  +-- 10.213.7.0/24 2 0 2
     |-- 10.213.7.0
        /24 link UNICAST
Local:
        |-- 10.213.7.200
           /32 host LOCAL
        |-- 10.213.7.201
           /32 host LOCAL
        |-- 10.213.7.255
           /32 link BROADCAST`;
    expect([...localAddresses(trie)]).toEqual(["10.213.7.200", "10.213.7.201"]);
  });
});

it("takes nothing from lines that are not an answer", () => {
  expect(parseFacts("ERROR:  x")).toBeNull();
  expect(parseFacts("{half")).toBeNull();
  expect(parseObject("[]")).toBeNull();
  expect(parseObject("<html>")).toBeNull();
});
