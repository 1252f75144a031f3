import { describe, expect, test } from "vitest";
import type { MemberView, SourceView } from "../snapshot";
import { silentHosts } from "./silent-host";

const member = (name: string, host: string | null) => ({ name, host }) as unknown as MemberView;
const source = (kind: string, target: string, error: string | null, stale = error !== null) =>
  ({
    id: `${kind}:${target}`,
    kind,
    target,
    stale,
    lastOkAt: "2026-11-21T02:00:00.000Z",
    error: error && { kind: error, text: "" },
  }) as unknown as SourceView;
const members = [member("a", "10.0.0.1"), member("b", "10.0.0.2")];

describe("a silent host", () => {
  test.each([
    {
      name: "everything on it times out or cannot be reached",
      sources: [source("patroni", "a", "timeout"), source("postgres", "a", "unreachable")],
      want: ["a"],
    },
    {
      name: "its etcd member is found by its address",
      sources: [source("patroni", "a", "timeout"), source("dcs-member", "http://10.0.0.1:2379", "timeout")],
      want: ["a"],
    },
    {
      name: "one program still answers: the host is there",
      sources: [source("patroni", "a", "timeout"), source("postgres", "a", null)],
      want: [],
    },
    {
      name: "a refusal is an answer of the host",
      sources: [source("patroni", "a", "refused"), source("postgres", "a", "timeout")],
      want: [],
    },
    { name: "one silent program alone proves nothing", sources: [source("patroni", "a", "timeout")], want: [] },
    {
      name: "a single missed look is not silence yet",
      sources: [source("patroni", "a", "timeout", false), source("postgres", "a", "timeout")],
      want: [],
    },
    {
      name: "another host's silence is its own",
      sources: [source("patroni", "b", "timeout"), source("postgres", "b", "timeout"), source("patroni", "a", null)],
      want: ["b"],
    },
  ])("$name", ({ sources, want }) => {
    expect(silentHosts(members, sources).map((host) => host.member)).toEqual(want);
  });

  test("a member without a known address is never called silent", () => {
    const sources = [source("patroni", "a", "timeout"), source("postgres", "a", "timeout")];
    expect(silentHosts([member("a", null)], sources)).toEqual([]);
  });
});
