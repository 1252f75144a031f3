import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { BackendFacts, PlanContext } from "../actions/facts";
import type { Impact } from "../actions/plan";
import type { ActionRequest } from "../actions/request";
import { brokenRules } from "../configuration/rules";
import { problemOf } from "../configuration/settings";
import { type Instant, instant, memberName } from "../ids";
import { candidateImpacts, expectedGap, nextFailures, routingImpact } from "../impact/impact";
import type { Message } from "../message";
import { NOW, patchDcs, READ_POOL, WRITE_POOL } from "../testing/builders";
import { contextOf, serverFacts } from "../testing/plan";
import { randomState, seeded } from "../testing/random";
import { PREFLIGHT } from "./index";
import type { Preflight } from "./preflight";

const SECTIONS = ["impact", "nextFailure", "preflightOther", "settings"] as const;
const OWN = new RegExp(`^(${SECTIONS.join("|")})\\.`);

type Tree = { readonly [key: string]: string | Tree };
const flatten = (tree: Tree, prefix: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}.${key}`] : flatten(value, `${prefix}.${key}`),
  );

const domain = fileURLToPath(new URL("..", import.meta.url));
const code = readdirSync(domain, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(`${domain}${file}`, "utf8"))
  .join("\n");

const random = seeded(23);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const BACKEND: BackendFacts = {
  member: memberName("node1"),
  pid: 7,
  backendStart: "2026-11-21T02:40:00.000Z" as Instant,
  user: "erp",
  database: "erp",
  application: "node2",
  clientAddress: null,
  backendType: "client backend",
  state: "active",
  queryStart: null,
  transactionStart: null,
  query: null,
  blocks: [],
  ours: false,
  superuser: false,
};

/** Any of what may be asked, of any cluster. */
function anyContext(): PlanContext {
  const config = pick([{}, { ttl: 20 }, { synchronous_mode: true, synchronous_mode_strict: true }, null]);
  const state = patchDcs(randomState(random, NOW), pick([{ config }, { configRevision: null }, {}]));
  const value = {
    ...BACKEND,
    backendType: pick(["client backend", "walsender", "autovacuum worker", "checkpointer", "some worker"]),
    state: pick(["active", "idle", "idle in transaction", null]),
    query: pick([null, "autovacuum: VACUUM t (to prevent wraparound)", "select"]),
    transactionStart: pick([null, instant(NOW - 60_000)]),
    superuser: pick([true, false, null]),
    user: pick([null, "erp"]),
    ours: random() < 0.2,
    blocks: pick([[], [3], [3, 4, 5, 6, 7]]),
  };
  const facts = serverFacts(true, {
    sinceCheckpointBytes: pick([null, 0, 2 ** 31]),
    checkpointRunning: pick([true, false, null]),
    longTransactions: pick([[], [{ pid: 1, user: null, application: null, seconds: 12 }]]),
  });
  const seen = { at: NOW, ageMs: 0 } as const;
  return contextOf(state, {
    backend: pick([
      { state: "fresh", value, ...seen },
      { state: "fresh", value: null, ...seen },
      { state: "unknown", failure: { kind: "timeout", text: "" } },
    ] as const),
    servers: pick([{}, { node1: { state: "fresh", value: facts, ...seen } }] as const),
    pastGaps: pick([[], [{ at: instant(NOW - 1), ms: 900 }]]),
    haproxyAdmin: pick([{}, { node1: true, node2: true }]),
  });
}

const PATCHES = [
  {},
  { ttl: 5, pause: true },
  { loop_wait: "x", tags: { a: 1 } },
  { postgresql: { parameters: { max_connections: pick([10, 300]), wrok_mem: 1, work_mem: "1mb" }, pg_hba: [] } },
  { standby_cluster: { password: "[secret]" }, slots: { a: {} }, synchronous_mode: true },
  { standby_cluster: { password: "p" }, postgresql: { parameters: { archive_command: "x", port: 1 } } },
];
function requests(): readonly ActionRequest[] {
  const member = memberName(pick(["node1", "node2", "node9"]));
  const server = pick(["node1", "node3", "node9"]);
  const backend = { member: memberName("node1"), pid: pick([7, 8]), backendStart: BACKEND.backendStart };
  const database = pick([null, "*", "nothing"]);
  return [
    { action: "configuration", revision: pick(["12", "11", null]), patch: pick(PATCHES) },
    { action: "backend-cancel", ...backend },
    { action: "backend-terminate", ...backend },
    {
      action: "haproxy-server",
      node: pick([null, "node1", "node9"]),
      pool: pick([WRITE_POOL, READ_POOL, "nothing"]),
      server,
      state: pick(["ready", "drain", "maint"]),
    },
    { action: "pgbouncer-pause", member, database },
    { action: "pgbouncer-resume", member, database },
    { action: "pgbouncer-reconnect", member, database },
  ];
}

function textsOf(context: PlanContext): readonly Message[] {
  const told = requests().flatMap((request) => {
    const kind = PREFLIGHT[request.action] as Preflight;
    const impact: Impact = kind.impact(request, context);
    const checks = kind.checks(request, context);
    return [
      ...checks.flatMap(({ text, advice, evidence }) => [
        text,
        ...(advice ? [advice] : []),
        ...evidence.map((one) => one.text),
      ]),
      ...impact.touches,
      ...impact.routing,
    ];
  });
  const to = pick([null, memberName("node2")]);
  const after = { leader: to, without: pick([[], [memberName("node3")]]), paused: random() < 0.2 };
  return [
    ...told,
    ...(["switchover", "failover", "restart"] as const).flatMap((kind) => [
      ...routingImpact(context, kind, to),
      ...(expectedGap(context, kind, to)?.reasons ?? []),
    ]),
    ...nextFailures(context, after).map(({ text }) => text),
    ...candidateImpacts(context, "failover").flatMap(({ reason }) => (reason ? [reason] : [])),
  ];
}

const values: readonly (readonly [string, unknown])[] = [
  ["ttl", 1],
  ["ttl", "x"],
  ["postgresql.parameters.shared_buffers", "1"],
  ["postgresql.parameters.shared_buffers", "1gb"],
  ["postgresql.parameters.shared_buffers", "x"],
  ["postgresql.parameters.max_connections", "1MB"],
  ["postgresql.parameters.max_connections", 1e9],
  ["postgresql.parameters.wal_level", "x"],
  ["postgresql.parameters.hot_standby", "off"],
  ["postgresql.parameters.work_mem", []],
  ["failsafe_mode", "x"],
  ["slots", 1],
  ["ignore_slots", 1],
  ["postgresql.pg_hba", 1],
];
const rules = [
  ...brokenRules({ ttl: 1, synchronous_mode_strict: true, slots: { a: {} }, postgresql: { use_slots: false } }),
  ...brokenRules({ synchronous_mode: true, postgresql: { parameters: { synchronous_standby_names: "*" } } }),
];
const texts = [
  ...Array.from({ length: 600 }, anyContext).flatMap(textsOf),
  ...values.flatMap(([path, value]) => problemOf(path, value) ?? []),
  ...rules.map(({ text }) => text),
].filter(({ key }) => OWN.test(key));

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("texts of plans in %s", (locale, messages) => {
  const keys = SECTIONS.flatMap((section) =>
    flatten((messages as unknown as Record<string, Tree>)[section] ?? {}, section),
  );

  it("render with every value in its place", () => {
    const errors: string[] = [];
    const onError = (error: Error) => void errors.push(error.message);
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError,
    }) as unknown as (key: string, params: Message["params"]) => string;
    const bare = texts.filter((text) =>
      /[{}]|undefined|impact\.|preflightOther\.|nextFailure\./.test(translate(text.key, text.params)),
    );
    expect(bare.slice(0, 3)).toEqual([]);
    expect([...new Set(errors)]).toEqual([]);
  });

  it("are those that the code knows, and no others", () => {
    const known = (key: string) => {
      if (code.includes(`"${key}"`)) return true;
      const open = key.slice(0, key.lastIndexOf(".") + 1);
      return code.includes(`\`${open}\${`);
    };
    expect(keys.filter((key) => !known(key))).toEqual([]);
    const literal = code.match(/"(?:impact|nextFailure|preflightOther|settings)\.[a-z0-9.-]+"/g) ?? [];
    expect(literal.map((quoted) => quoted.slice(1, -1)).filter((key) => !keys.includes(key))).toEqual([]);
  });
});

it("most texts were met: a walk that meets nothing proves nothing", () => {
  const met = new Set(texts.map(({ key }) => key));
  const all = SECTIONS.flatMap((section) => flatten((en as unknown as Record<string, Tree>)[section] ?? {}, section));
  expect(all.filter((key) => met.has(key)).length / all.length).toBeGreaterThan(0.8);
  expect(
    new Set(texts.filter(({ key }) => key === "nextFailure.text").map(({ params }) => params.why)).size,
  ).toBeGreaterThan(15);
});
