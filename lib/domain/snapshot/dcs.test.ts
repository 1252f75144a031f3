import { describe, expect, it } from "vitest";
import type { DcsMemberStatus } from "../facts";
import type { Known } from "../observation";
import { hasQuorum } from "./dcs";

const status = (leaderId: string | null, isLearner = false): Known<DcsMemberStatus> => ({
  state: "fresh",
  at: 0,
  ageMs: 0,
  value: {
    endpoint: "e",
    name: null,
    memberId: "1",
    leaderId,
    isLeader: false,
    isLearner,
    raftTerm: null,
    version: null,
    dbSizeBytes: null,
    dbSizeInUseBytes: null,
    dbQuotaBytes: null,
    raftBacklog: null,
    alarms: null,
    errors: [],
  },
});
const gone: Known<DcsMemberStatus> = { state: "unknown", failure: null };

describe("the DCS has quorum", () => {
  const cases: readonly (readonly [string, readonly Known<DcsMemberStatus>[], boolean | null])[] = [
    ["when all name one leader", [status("7"), status("7"), status("7")], true],
    ["when a majority names one leader", [status("7"), status("7"), gone], true],
    ["not when even unseen members could not make one up", [status("0"), status("0"), gone], false],
    ["not when nobody knows a leader", [status("0"), status(null), status("0")], false],
    ["or not: a majority is out of sight", [status("7"), gone, gone], null],
    ["or not: members disagree and one is out of sight", [status("7"), status("8"), gone], null],
    ["without counting learners", [status("7"), status("0", true)], true],
    ["or not: none is looked at", [], null],
  ];
  it.each(cases)("%s", (_name, members, expected) => expect(hasQuorum(members, false)).toBe(expected));
  it("not when the store said so", () => expect(hasQuorum([status("7")], true)).toBe(false));
});
