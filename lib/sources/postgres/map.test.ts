import { describe, expect, test } from "vitest";
import { hidesServerDefault, toPostgresFacts } from "./map";
import { type LookAnswer, lookAnswer } from "./schema";

const sender: LookAnswer["senders"][number] = {
  pid: 42,
  applicationName: "node2",
  clientAddress: "10.0.0.2",
  state: "streaming",
  syncState: "async",
  sentLsn: "0/3000060",
  flushLsn: "0/3000060",
  replayLsn: null,
  unsentBytes: 0,
  flushLagBytes: 0,
  replayLagBytes: null,
  flushLagSeconds: null,
  replayLagSeconds: null,
  replyAgeSeconds: 0.5,
  slotName: "node2",
  slotType: "physical",
};

const answer: LookAnswer = {
  inRecovery: false,
  readOnlyDefault: "off",
  configuredAt: "2026-11-21 02:53:30.880001+00",
  serverVersion: 170011,
  postmasterStartTime: "2026-11-21 02:53:30.887180+00:00",
  systemId: "7710452465376525265",
  timeline: 4,
  lsn: "0/3000060",
  receivedLsn: null,
  replayedLsn: null,
  replayPaused: null,
  replayDelaySeconds: null,
  senders: [sender],
  slots: [],
  receiver: null,
  canReadReplication: true,
  connections: 3,
  maxConnections: 100,
};

describe("PostgreSQL's answer in the domain's words", () => {
  test("what was not reported stays null, never 0", () => {
    const facts = toPostgresFacts(answer, false);
    expect(facts.senders[0]).toMatchObject({ replayLsn: null, replayLagBytes: null, replayLagSeconds: null });
    expect(facts).toMatchObject({ replayedLsn: null, replayDelaySeconds: null, receiver: null });
  });

  test.each([
    ["off", false, false],
    ["on", false, true],
    ["on", true, null],
    ["off", true, null],
  ])("read-only default %s, hidden by our own role: %s → %s", (readOnlyDefault, hidden, expected) => {
    expect(toPostgresFacts({ ...answer, readOnlyDefault }, hidden).readOnlyDefault).toBe(expected);
  });

  test.each([
    ["user", true],
    ["database user", true],
    ["database", true],
    ["configuration file", false],
    ["default", false],
    ["global", false],
    [null, false],
  ])("a setting whose source is %s hides the server's: %s", (source, hides) => {
    expect(hidesServerDefault(source)).toBe(hides);
  });

  test("clocks and positions are not read at one moment: small negatives are 0, and what is unknown stays unknown", () => {
    const early = { ...sender, unsentBytes: -8, replayLagSeconds: -0.002, replyAgeSeconds: null };
    const facts = toPostgresFacts({ ...answer, senders: [early] }, false);
    expect(facts.senders[0]).toMatchObject({ unsentBytes: 0, replayLagSeconds: 0, replyAgeSeconds: null });
  });

  test("LSNs are brought to one spelling, nonsense becomes unknown", () => {
    expect(toPostgresFacts({ ...answer, lsn: "00A/0b" }, false).lsn).toBe("A/B");
    expect(toPostgresFacts({ ...answer, lsn: "future" }, false).lsn).toBeNull();
  });

  test("a 64-bit system id that is not text is refused instead of rounded", () => {
    expect(lookAnswer.safeParse({ ...answer, systemId: 7710452465376525265n }).success).toBe(false);
    expect(lookAnswer.safeParse({ ...answer, systemId: 1 }).success).toBe(false);
  });
});
