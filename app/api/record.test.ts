import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { incidentReportSchema, incidentsSchema } from "@/lib/contract/incident";
import { eventsSchema, framesSchema, pastSchema, writeGapsSchema } from "@/lib/contract/record";
import type { StoredEvent, WriteGap } from "@/lib/domain/events/event";
import { clusterScope, instant } from "@/lib/domain/ids";
import { NOW } from "@/lib/domain/testing/builders";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { setHistory } from "@/lib/history/current";
import type { EventQuery, History, Stored } from "@/lib/history/types";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET as getEvents } from "./v1/clusters/[scope]/events/route";
import { GET as getFrames } from "./v1/clusters/[scope]/frames/route";
import { GET as getGaps } from "./v1/clusters/[scope]/gaps/route";
import { GET as getIncident } from "./v1/clusters/[scope]/incident/route";
import { GET as getIncidents } from "./v1/clusters/[scope]/incidents/route";
import { GET as getSnapshot } from "./v1/clusters/[scope]/snapshot/route";

const scope = clusterScope("demo");
const FROM = instant(NOW - 60_000);
const TO = instant(NOW + 60_000);
const WINDOW = `from=${FROM}&to=${TO}`;

const event = (id: number): StoredEvent => ({
  id,
  scope,
  at: instant(NOW + id),
  notBefore: null,
  kind: "vip",
  severity: "notice",
  subject: "10.0.0.200",
  text: { key: "event.vip.moved", params: { address: "10.0.0.200", from: "node|1", to: "node2" } },
  data: {},
  source: "observed",
  dedupe: null,
});
const GAP: WriteGap = {
  scope,
  startedAt: instant(NOW),
  endedAt: instant(NOW + 3_200),
  attempts: 9,
  failures: { refused: 9 },
  from: "node1",
  to: "node2",
};

let world: World;
let asked: EventQuery | null;
let broken: boolean;
const stored = async <T>(value: T): Promise<Stored<T>> =>
  broken
    ? { ok: false, failure: { kind: "unavailable", text: "connect postgres://u:hunter2@db" } }
    : { ok: true, value };

beforeEach(async () => {
  world = await createWorld();
  asked = null;
  broken = false;
  const picture = { snapshot: sampleSnapshot("healthy"), at: NOW, boot: "b" };
  const fake: Partial<History> = {
    events: (_scope, query) => {
      asked = query;
      return stored([event(3), event(2), event(1)].slice(0, query.limit));
    },
    gaps: () => stored([GAP]),
    frames: () => stored([{ at: NOW, boot: "b", version: 1, urgent: true }]),
    pictureAt: (_scope, at) => stored(at >= NOW ? picture : null),
    mapPictures: (_scope, _window, take) => stored([take(picture)]),
    recorded: () => stored([{ from: NOW - 60_000, to: NOW + 30_000 }]),
  };
  setHistory(fake as History);
});
afterEach(() => world.close());

type Handler = typeof getEvents;
const call = (handler: Handler, query: string, name = "demo") =>
  handler(request(`/x?${query}`, { token: tokenOf("viewer") }), { params: Promise.resolve({ scope: name }) });

describe("answers of the record are what the contract says", () => {
  test("events, with the page that follows", async () => {
    const page = eventsSchema.parse(
      await (await call(getEvents, "limit=2&kind=vip,leader&severity=warn&search=a%20b")).json(),
    );
    expect([page.events.map(({ id }) => id), page.next]).toEqual([[3, 2], 2]);
    expect(asked).toMatchObject({
      kinds: ["leader", "vip"],
      severities: ["warn"],
      search: "a b",
      from: null,
      beforeId: null,
    });
    const last = eventsSchema.parse(await (await call(getEvents, "before=4")).json());
    expect([last.events.length, last.next]).toEqual([3, null]);
  });

  test("gaps, frames, a past picture and incidents", async () => {
    writeGapsSchema.parse(await (await call(getGaps, WINDOW)).json());
    framesSchema.parse(await (await call(getFrames, WINDOW)).json());
    const past = pastSchema.parse(await (await call(getSnapshot, `at=${TO}`)).json());
    expect(past).toMatchObject({ boot: "b", at: instant(NOW) });
    expect(incidentsSchema.parse(await (await call(getIncidents, WINDOW)).json()).incidents).toHaveLength(1);
    const report = incidentReportSchema.parse(await (await call(getIncident, WINDOW)).json());
    expect(report.incident.outage).toMatchObject({ basis: "client-eye", lengthMs: 3_200 });
    expect(report.incident.holes).toEqual([{ from: instant(NOW + 30_000), to: TO }]);
    expect(report.events.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test.each([
    ["en", "Clients could not write", "VIP 10.0.0.200 moved from node\\|1 to node2"],
    ["ru", "Запись была невозможна 3,2 с", "VIP 10.0.0.200 переехал с node\\|1 на node2"],
  ])("a report to read in %s, that no name can break", async (lang, ...texts) => {
    const answer = await call(getIncident, `${WINDOW}&format=markdown&lang=${lang}`);
    expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    const report = await answer.text();
    expect(report).toContain(lang === "en" ? "Writes were not possible for 3.2 s" : texts[0]);
    expect(report).toContain(texts[1]);
    expect(report).not.toMatch(/incident\.|event\./);
  });
});

describe("what cannot be answered says why", () => {
  test.each([
    ["events", getEvents, "from=yesterday", "from"],
    ["events", getEvents, "kind=vip&kind=party", "kind"],
    ["events", getEvents, "severity=loud", "severity"],
    ["events", getEvents, "limit=0", "limit"],
    ["events", getEvents, "limit=1e9", "limit"],
    ["events", getEvents, "before=x", "before"],
    ["events", getEvents, `search=${"x".repeat(301)}`, "search"],
    ["gaps", getGaps, `from=${FROM}`, "to"],
    ["gaps", getGaps, `from=${TO}&to=${FROM}`, "to"],
    ["frames", getFrames, `${WINDOW}&limit=many`, "limit"],
    ["a past picture", getSnapshot, "", "at"],
    ["a past picture", getSnapshot, "at=now", "at"],
    ["an incident", getIncident, "from=2026-01-01&to=2026-02-01", "to"],
    ["an incident", getIncident, `${WINDOW}&format=pdf`, "format"],
    ["an incident", getIncident, `${WINDOW}&lang=de`, "lang"],
  ])("%s: 400 that names the parameter (%#)", async (_name, handler, query, parameter) => {
    const answer = await call(handler, query);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(new RegExp(`^${parameter}: `));
  });

  test("a moment at which nobody looked is no picture, and not an unknown cluster", async () => {
    const answer = await call(getSnapshot, `at=${FROM}`);
    expect(await answer.json()).toMatchObject({ status: 404, type: "urn:matriarch:problem:not-recorded" });
    const stranger = await call(getSnapshot, `at=${TO}`, "other");
    expect(await stranger.json()).toMatchObject({ status: 404, type: "urn:matriarch:problem:not-found" });
  });

  test.each([
    ["events", getEvents, ""],
    ["gaps", getGaps, WINDOW],
    ["frames", getFrames, WINDOW],
    ["snapshot", getSnapshot, `at=${TO}`],
    ["incident", getIncident, WINDOW],
    ["incidents", getIncidents, WINDOW],
  ])("%s: 503 while the store fails, without its secrets", async (_name, handler, query) => {
    broken = true;
    const error = console.error;
    console.error = () => {};
    const answer = await call(handler, query);
    console.error = error;
    const body = await answer.text();
    expect(answer.status).toBe(503);
    expect(body).toContain("store-failed");
    expect(body).not.toContain("hunter2");
  });
});
