import { describe, expect, test } from "vitest";
import type { RosterEntry } from "@/lib/domain/cluster-state";
import type { DcsMember } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";
import { followRoster, ROSTER_KEEP_MS } from "./state";

const member = (name: string, host: string | null = `${name}.example`): DcsMember =>
  ({ name: memberName(name), host, port: 5432, apiUrl: `http://${name}:8008` }) as unknown as DcsMember;
const entry = (name: string, lastInDcsAt: number): RosterEntry => ({
  name: memberName(name),
  host: `${name}.example`,
  port: 5432,
  apiUrl: `http://${name}:8008`,
  firstSeenAt: 0,
  lastInDcsAt,
});
const names = (roster: readonly RosterEntry[]) => roster.map((one) => one.name);

describe("roster", () => {
  test("a member that came is followed", () => {
    expect(names(followRoster([], { members: [member("a")] }, 10))).toEqual(["a"]);
  });

  test("a member that vanished is kept, with the time it was last there", () => {
    const roster = followRoster([entry("a", 5)], { members: [] }, 10);
    expect(roster).toEqual([entry("a", 5)]);
  });

  test("a member that was gone too long leaves the roster", () => {
    expect(followRoster([entry("a", 5)], { members: [] }, 6 + ROSTER_KEEP_MS)).toEqual([]);
  });

  test("a member that moved is followed to its new address", () => {
    const [moved] = followRoster([entry("a", 5)], { members: [member("a", "other.example")] }, 10);
    expect(moved).toMatchObject({ host: "other.example", lastInDcsAt: 10, firstSeenAt: 0 });
  });

  test("a key without an address does not erase the address that is known", () => {
    const [kept] = followRoster([entry("a", 5)], { members: [member("a", null)] }, 10);
    expect(kept?.host).toBe("a.example");
  });
});
