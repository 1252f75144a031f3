import type { Operation } from "@/lib/domain/actions/operation";
import { type Fence, NO_IMPACT, PLAN_LIVES_MS, type Plan } from "@/lib/domain/actions/plan";
import { type EpochMs, instant } from "@/lib/domain/ids";

/** A plan and an operation as the store is given them, for tests of the store alone. */

export const AT: EpochMs = 1_795_000_000_000;

const FENCE: Fence = {
  systemId: "7434821190352231442",
  leader: null,
  leaderRevision: "900",
  timeline: 7,
  configRevision: null,
  failoverRevision: null,
  paused: false,
  members: [],
  other: {},
};

export const planRecord = (id: string, over: Partial<Plan> = {}): Plan => ({
  id,
  scope: "demo",
  title: "Demo",
  environment: null,
  action: "switchover",
  request: { action: "switchover", candidate: null, scheduledAt: null },
  checks: [],
  impact: NO_IMPACT,
  fence: FENCE,
  confirm: "demo",
  needsApproval: false,
  plannedBy: "anna",
  createdAt: instant(AT),
  expiresAt: instant(AT + PLAN_LIVES_MS),
  ...over,
});

export const operationRecord = (id: string, planId: string, over: Partial<Operation> = {}): Operation => ({
  id,
  scope: "demo",
  planId,
  action: "switchover",
  request: { action: "switchover", candidate: null, scheduledAt: null },
  state: "running",
  phase: "checking",
  actor: "anna",
  role: "operator",
  from: "10.0.0.9",
  reason: "замена диска",
  acknowledged: [],
  overridden: [],
  approvedBy: null,
  fence: FENCE,
  steps: [],
  answers: [],
  outcome: null,
  writeGapMs: null,
  writeGapBasis: null,
  receipt: null,
  createdAt: instant(AT),
  startedAt: null,
  endedAt: null,
  deadlineAt: instant(AT + 600_000),
  progress: null,
  boot: "boot-1",
  resumed: 0,
  ...over,
});
