import { describe, expect, test } from "vitest";
import type { DcsMember, DcsView } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";
import { isNews } from "./wake";

const member = (over: Partial<DcsMember> = {}): DcsMember =>
  ({
    name: memberName("a"),
    role: "replica",
    state: "running",
    timeline: 1,
    lsn: "0/1",
    ...over,
  }) as unknown as DcsMember;
const view = (over: Partial<DcsView> = {}): DcsView =>
  ({
    leader: { name: memberName("a"), modRevision: "5", lease: "1" },
    members: [member()],
    failover: null,
    sync: null,
    history: [],
    pause: false,
    ...over,
  }) as unknown as DcsView;

describe("what wakes the other sources", () => {
  test.each([
    { name: "the first view", before: null, after: view(), want: true },
    { name: "nothing changed", before: view(), after: view(), want: false },
    {
      name: "a position moved",
      before: view(),
      after: view({ members: [member({ lsn: "0/2" as never })] }),
      want: false,
    },
    { name: "the leader key was deleted", before: view(), after: view({ leader: null }), want: true },
    {
      name: "the leader key was re-acquired by the same member",
      before: view(),
      after: view({ leader: { name: memberName("a"), modRevision: "9", lease: "2" } }),
      want: true,
    },
    {
      name: "a switchover was asked for",
      before: view(),
      after: view({ failover: { leader: memberName("a") } as never }),
      want: true,
    },
    {
      name: "a member began to stop",
      before: view(),
      after: view({ members: [member({ state: "stopping" })] }),
      want: true,
    },
    { name: "a member vanished", before: view(), after: view({ members: [] }), want: true },
    { name: "the cluster was paused", before: view(), after: view({ pause: true }), want: true },
  ])("$name → $want", ({ before, after, want }) => expect(isNews(before, after)).toBe(want));
});
