import { describe, expect, test } from "vitest";
import type { ActionRequest } from "../actions/request";
import { instant, memberName } from "../ids";
import type { ActionTemplate } from "./runbook";
import { fits } from "./template";

const AT = instant(Date.parse("2026-11-21T12:00:00.000Z"));
const [NODE2, NODE3] = [memberName("node2"), memberName("node3")];
const pause = (over: object = {}) => ({ action: "pause", until: null, resumeAtEnd: false, ...over }) as ActionRequest;
const switchover = (candidate: typeof NODE2 | null) =>
  ({ action: "switchover", candidate, scheduledAt: null }) as const satisfies ActionRequest;
const restart = (over: object = {}) =>
  ({ action: "restart", member: NODE2, onlyPending: true, scheduledAt: null, ...over }) as ActionRequest;

describe("an operation fits the step that it was begun from", () => {
  test.each<readonly [string, ActionTemplate, ActionRequest]>([
    [
      "a pause to whose end the dialog was told to resume",
      { action: "pause" },
      pause({ until: AT, resumeAtEnd: true }),
    ],
    [
      "a pause that was to be resumed and was given no end",
      { action: "pause", until: AT, resumeAtEnd: true },
      pause({ until: null, resumeAtEnd: false }),
    ],
    [
      "a pause that shall only remind, where the step would have resumed",
      { action: "pause", resumeAtEnd: true },
      pause({ until: AT, resumeAtEnd: false }),
    ],
    ["a candidate of the inputs", { action: "switchover", candidate: "$candidate" }, switchover(NODE2)],
    ["a candidate that was left to the dialog", { action: "switchover", candidate: null }, switchover(NODE3)],
    [
      "a moment that was chosen in the dialog",
      { action: "restart", member: "$candidate", onlyPending: true },
      restart({ scheduledAt: AT }),
    ],
  ])("%s", (_, template, request) => expect(fits(template, { candidate: "node2" }, request)).toBe(true));

  test.each<readonly [string, ActionTemplate, ActionRequest]>([
    ["another action", { action: "pause" }, { action: "resume" }],
    ["another candidate than was given", { action: "switchover", candidate: "$candidate" }, switchover(NODE3)],
    ["another member", { action: "restart", member: "$candidate" }, restart({ member: NODE3 })],
    [
      "more than was asked for",
      { action: "restart", member: null, onlyPending: true },
      restart({ member: null, onlyPending: false }),
    ],
  ])("but not %s", (_, template, request) => expect(fits(template, { candidate: "node2" }, request)).toBe(false));
});
