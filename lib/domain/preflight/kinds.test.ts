import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { availability } from "../actions/availability";
import type { PlanContext } from "../actions/facts";
import { blocksOf, type Check } from "../actions/plan";
import { ACTION_KINDS, type ActionRequest } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import { instant, memberName } from "../ids";
import type { Message } from "../message";
import { NOW, patchDcs } from "../testing/builders";
import { asIs } from "../testing/judge";
import { EXAMPLE_REQUESTS } from "../testing/operations";
import { contextOf, planContext } from "../testing/plan";
import { randomState, seeded, upsetReplicas } from "../testing/random";
import { fenceMoved } from "./fence";
import { PREFLIGHT, preflight } from "./index";
import type { Preflight } from "./preflight";

const [one, two] = [memberName("node1"), memberName("node2")];
const later = instant(NOW + 7_200_000);

/** What goes through Patroni, each as it may be asked for. */
const ASKED: readonly ActionRequest[] = [
  { action: "switchover", candidate: two, scheduledAt: null },
  { action: "switchover", candidate: null, scheduledAt: null },
  { action: "switchover", candidate: two, scheduledAt: later },
  { action: "switchover-cancel" },
  { action: "failover", candidate: two },
  { action: "reinitialize", member: two, fromLeader: false },
  { action: "reinitialize", member: two, fromLeader: true },
  { action: "restart", member: one, onlyPending: false, scheduledAt: null },
  { action: "restart", member: two, onlyPending: true, scheduledAt: null },
  { action: "restart", member: null, onlyPending: false, scheduledAt: null },
  { action: "restart", member: null, onlyPending: true, scheduledAt: later },
  { action: "restart-cancel", member: two },
  { action: "reload", member: two },
  { action: "reload", member: null },
  { action: "pause", until: null, resumeAtEnd: false },
  { action: "pause", until: later, resumeAtEnd: true },
  { action: "resume" },
];
const kindOf = ({ action }: ActionRequest) => PREFLIGHT[action] as Preflight;

const paused = (s: ClusterState) => patchDcs(s, { pause: true });
const planned = (s: ClusterState) =>
  patchDcs(s, { failover: { leader: one, candidate: two, scheduledAt: later, modRevision: "9" } });
const waiting = (s: ClusterState) =>
  patchDcs(s, {
    members: (s.dcs.good?.value.members ?? []).map((m) => ({ ...m, scheduledRestart: later, pendingRestart: true })),
  });
/** The change after which a request makes sense. */
const sensible = (request: ActionRequest) => {
  if (request.action === "resume") return paused;
  if (request.action === "switchover-cancel") return planned;
  if (request.action === "restart-cancel") return waiting;
  return request.action === "restart" && request.onlyPending
    ? (s: ClusterState) =>
        patchDcs(s, {
          members: (s.dcs.good?.value.members ?? []).map((m) => ({ ...m, pendingRestart: m.name === "node2" })),
        })
    : asIs;
};

it.each(ACTION_KINDS)("%s has its own file of checks", (kind) => expect(PREFLIGHT[kind].action).toBe(kind));

describe.each(ASKED.map((request) => [JSON.stringify(request), request] as const))("%s", (_, request) => {
  const context = planContext(sensible(request));
  const kind = kindOf(request);
  it("is let through on a cluster that is well", () => {
    expect(blocksOf(kind.checks(request, context))).toEqual([]);
  });
  it("is fenced on the leader, and on nothing that moves by itself", () => {
    const fence = kind.fence(request, context);
    expect(fence).toMatchObject({ leader: "node1", leaderRevision: "841", configRevision: null });
    expect(fenceMoved(fence, kind.fence(request, planContext(sensible(request))))).toEqual([]);
  });
  it("says what it touches", () => expect(kind.impact(request, context).touches.length).toBeGreaterThan(0));
});

it("asks for a switchover at least what patronictl and Patroni ask", () => {
  const request = { action: "switchover", candidate: two, scheduledAt: null } as const;
  expect(preflight(request, planContext()).checks.map(({ id }) => id)).toEqual([
    ...["record-writable", "nothing-running", "lock-free", "patroni-credentials"],
    ...["dcs-fresh", "dcs-quorum", "dcs-margin", "leader-known", "leader-primary", "leader-identity", "one-writer"],
    ...["failover-key", "paused", "candidate-exists", "candidate-not-leader", "candidate-reachable"],
    ...["candidate-identity", "candidate-running", "candidate-streaming", "candidate-timeline", "candidate-lag"],
    ...["candidate-tags", "candidate-watchdog", "candidate-sync", "members-settled", "members-seen"],
    ...["long-transactions", "prepared-transactions", "checkpoint-distance", "base-backup", "archiver"],
    ...["vip-agrees", "haproxy-agrees"],
  ]);
});

it("warns loudly of a failover while the leader is well", () => {
  const checks = preflight({ action: "failover", candidate: two }, planContext()).checks;
  expect(checks.find(({ id }) => id === "leader-lost")).toMatchObject({ status: "warn" });
});

/** Any state, and what else may be so. */
const random = seeded(20_261_123);
const worlds: readonly PlanContext[] = Array.from({ length: 300 }, (_, i) => {
  const now = NOW + i * 1_000;
  const chance = (p: number) => random() < p;
  let state = upsetReplicas(random, randomState(random, now), now);
  if (chance(0.15)) state = planned(state);
  if (chance(0.15)) state = waiting(state);
  const over: Partial<PlanContext> = {
    ...(chance(0.2) ? { servers: {} } : {}),
    ...(chance(0.1) ? { lock: { kind: "not-permitted" } } : {}),
    ...(chance(0.1) ? { running: { id: "x", action: "restart-cancel", actor: "petrov", at: instant(now) } } : {}),
    recordable: !chance(0.05),
    patroniCredentials: !chance(0.1),
  };
  return contextOf({ ...state, actions: { operations: [], pause: null } }, over, now);
});

it("a button is never stricter than the server", () => {
  let refused = 0;
  for (const context of worlds) {
    for (const request of [...ASKED, ...Object.values(EXAMPLE_REQUESTS)]) {
      if (availability(request, context.snapshot).enabled) continue;
      refused += 1;
      expect(blocksOf(kindOf(request).checks(request, context)), JSON.stringify(request)).not.toEqual([]);
    }
  }
  expect(refused).toBeGreaterThan(500);
});

const SECTIONS = ["preflight", "fence", "available"] as const;
type Tree = { readonly [key: string]: string | Tree };
const flatten = (tree: Tree, prefix: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}.${key}`] : flatten(value, `${prefix}.${key}`),
  );
const domain = fileURLToPath(new URL("..", import.meta.url));
const keysInCode = new Set(
  readdirSync(domain, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap(
      (file) => readFileSync(`${domain}${file}`, "utf8").match(/"(preflight|fence|available)\.[a-z0-9.-]+"/g) ?? [],
    )
    .map((quoted) => quoted.slice(1, -1)),
);

function textsOf(checks: readonly Check[]): readonly Message[] {
  return checks.flatMap(({ text, advice, evidence }) => [
    text,
    ...(advice ? [advice] : []),
    ...evidence.map((e) => e.text),
  ]);
}

const texts = worlds.flatMap((context, i) =>
  ASKED.flatMap((request) => {
    const kind = kindOf(request);
    const answered = availability(request, context.snapshot);
    const before = worlds[i - 1] ?? context;
    return [
      ...textsOf(kind.checks(request, context)),
      ...kind.impact(request, context).touches,
      ...fenceMoved(kind.fence(request, before), kind.fence(request, context)),
      ...(answered.enabled ? [] : [answered.reason]),
    ];
  }),
);
const distinct = [...new Map(texts.map((text) => [JSON.stringify(text), text])).values()];

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("the texts in %s", (locale, messages) => {
  it("are there for each key of the code, and no other", () => {
    const keys = SECTIONS.flatMap((section) =>
      flatten((messages as unknown as Record<string, Tree>)[section] ?? {}, section),
    );
    expect(keys.sort()).toEqual([...keysInCode].sort());
  });
  it("render whatever may be said, with every value in its place", () => {
    const errors: string[] = [];
    const onError = (error: Error) => void errors.push(error.message);
    const make = createTranslator({ locale, messages: messages as never, timeZone: "UTC", onError });
    const translate = make as unknown as (key: string, params: Message["params"]) => string;
    for (const { key, params } of distinct) expect(translate(key, params)).not.toMatch(/[{}]|undefined/);
    expect(errors).toEqual([]);
    expect(new Set(distinct.map(({ key }) => key)).size).toBeGreaterThan(200);
  });
});
