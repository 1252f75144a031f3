import { runLoad, SCOPE, service, settle } from "@/lab/index";
import { type IncidentReport, incidentReportSchema, incidentsSchema } from "@/lib/contract/incident";
import { eventsSchema, framesSchema, pastSchema } from "@/lib/contract/record";
import type { Dashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { leaderNow } from "./support/leader";
import { observe } from "./support/observing";
import type { Recorded } from "./support/stream-recorder";
import { until } from "./support/until";
import { startWriteProbe, type WriteProbe } from "./support/write-probe";

/**
 * The leader is killed under load, and the record is asked what happened: how long nobody could write, held against a client of
 * the test's own; in which phases; and whether a replay says what the live stream said.
 */
test.describe.configure({ timeout: 240_000 });

/** How far the two measures may lie apart, in ms. */
const APART_MS_MAX = 300;
const LOAD_RATE = 50;
/** What was shown before the kill and after the repair belongs to the story, in ms. */
const LEAD_MS = 5_000;
const TRAIL_MS = 5_000;

test.beforeEach(() => settle());
test.afterEach(() => settle().then(() => undefined));

/** A read of the record by a program, with its token. */
async function get({ baseUrl, accounts }: Dashboard, what: string, query: Record<string, string>): Promise<Response> {
  const path = `/api/v1/clusters/${SCOPE}/${what}?${new URLSearchParams(query)}`;
  return await fetch(baseUrl + path, { headers: { authorization: `Bearer ${accounts.token}` } });
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The sentences in order, each once a time. */
const inTurn = (sentences: readonly string[]) => sentences.filter((one, i) => one !== sentences[i - 1]);

test("a leader killed under load is told second by second", async ({ dashboard }) => {
  const observing = await observe(dashboard);
  const load = new AbortController();
  const loading = runLoad({ seconds: 120, clients: 2, rate: LOAD_RATE, signal: load.signal });
  let probe: WriteProbe | undefined;
  try {
    const { recorder } = observing;
    await recorder.waitFor((snapshot) => snapshot.writePath.state === "ok", {
      deadlineMs: 30_000,
      what: "a good picture",
    });
    const old = await leaderNow();
    probe = await startWriteProbe();
    const killedAt = Date.now();
    await service("kill", old, "all");
    const measured = await probe.gapAfter(killedAt, { deadlineMs: 90_000 });
    load.abort();
    await probe.stop();
    await settle();
    const well = await recorder.waitFor((snapshot) => snapshot.writePath.state === "ok", {
      deadlineMs: 30_000,
      what: "a good picture after the repair",
      after: Date.now(),
    });
    // What was shown before this test began to watch is not for it to compare.
    const began = Date.parse(recorder.frames[0]?.snapshot.at ?? "");
    const window = { from: Math.max(began, killedAt - LEAD_MS), to: well.arrivedAt + TRAIL_MS };
    await recorder.waitFor((snapshot) => Date.parse(snapshot.at) > window.to, {
      deadlineMs: 20_000,
      what: "the window's end",
    });
    const query = { from: iso(window.from), to: iso(window.to) };
    const live = recorder.frames.filter(({ snapshot }) => {
      const at = Date.parse(snapshot.at);
      return at >= window.from && at <= window.to;
    });

    const report = await reportOf(dashboard, query, live);
    const { incident } = report;
    tell(incident, measured.lengthMs);
    expect(incident.kind).toBe("failover");
    expect(incident.before.leader).toBe(old);
    expect(incident.after.leader).not.toBe(old);
    expect(incident.outage?.basis).toBe("client-eye");
    expect(Math.abs((incident.outage?.lengthMs ?? 0) - measured.lengthMs)).toBeLessThan(APART_MS_MAX);
    expect(incident.phases.reduce((sum, phase) => sum + phase.lengthMs, 0)).toBe(incident.outage?.lengthMs);
    expect(incident.phases.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["lock-lost", "leader-key", "promoted", "first-write"]),
    );
    const milestones = [...incident.prelude, ...incident.phases, ...incident.aftermath].map(({ id }) => id);
    expect(milestones).toEqual(expect.arrayContaining(["haproxy-switched", "vip-moved"]));

    const streamed = inTurn(live.map(({ snapshot }) => snapshot.writePath.sentence));
    expect(streamed.length).toBeGreaterThan(2);
    expect(inTurn(incident.sentences.map(({ sentence }) => sentence)).slice(-streamed.length)).toEqual(streamed);
    expect(inTurn(await replayed(dashboard, query))).toEqual(streamed);

    await toldAsEvents(dashboard, query, old, incident.after.leader ?? "");
    await listed(dashboard, killedAt);
    await readable(dashboard, query, incident);
    await observing.assertHonest("the kill that the record tells of");
  } finally {
    load.abort();
    observing.stop();
    await probe?.stop();
    await loading;
  }
});

/** What was shown is written within half a second; waits until the record holds the last of it. */
async function reportOf(
  dashboard: Dashboard,
  query: Record<string, string>,
  live: readonly Recorded[],
): Promise<IncidentReport> {
  const last = live.at(-1)?.snapshot.writePath.sentence;
  return until(
    async () => {
      const answer = await get(dashboard, "incident", query);
      expect(answer.status, await answer.clone().text()).toBe(200);
      const report = incidentReportSchema.parse(await answer.json());
      const { sentences, gaps } = report.incident;
      return sentences.at(-1)?.sentence === last && gaps.every((gap) => gap.endedAt !== null) ? report : undefined;
    },
    { deadlineMs: 10_000, everyMs: 500, what: "the record to hold the whole window" },
  );
}

/** The sentences as a replay shows them: what stood when the window began, then every stored picture, asked for at its moment. */
async function replayed(dashboard: Dashboard, query: Record<string, string>): Promise<string[]> {
  const { frames } = framesSchema.parse(await (await get(dashboard, "frames", { ...query, limit: "10000" })).json());
  const first = pastSchema.parse(await (await get(dashboard, "snapshot", { at: query.from ?? "" })).json());
  const sentences: string[] = [first.snapshot.writePath.sentence];
  for (const { at, boot } of frames) {
    const picture = pastSchema.parse(await (await get(dashboard, "snapshot", { at: iso(at) })).json());
    expect([picture.boot, picture.at]).toEqual([boot, iso(at)]);
    sentences.push(picture.snapshot.writePath.sentence);
  }
  return sentences;
}

async function toldAsEvents(dashboard: Dashboard, query: Record<string, string>, from: string, to: string) {
  const answer = await get(dashboard, "events", { ...query, kind: "leader,write-gap,vip", limit: "100" });
  const { events } = eventsSchema.parse(await answer.json());
  const leader = events.find(({ kind, subject }) => kind === "leader" && subject === to);
  expect(leader).toMatchObject({ data: { from, to } });
  expect(events.some(({ kind }) => kind === "write-gap")).toBe(true);
  expect(events.some(({ kind }) => kind === "vip")).toBe(true);
}

async function listed(dashboard: Dashboard, killedAt: number) {
  const query = { from: iso(killedAt - 600_000), to: iso(Date.now()) };
  const { incidents } = incidentsSchema.parse(await (await get(dashboard, "incidents", query)).json());
  const ours = incidents.find(({ from, to }) => Date.parse(from) <= killedAt && Date.parse(to) >= killedAt);
  expect(ours?.reasons).toEqual(["write-gap", "leader", "verdict"]);
}

async function readable(dashboard: Dashboard, query: Record<string, string>, incident: IncidentReport["incident"]) {
  const text = async (lang: string) => {
    const answer = await get(dashboard, "incident", { ...query, format: "markdown", lang });
    expect(answer.headers.get("content-type")).toContain("text/markdown");
    return await answer.text();
  };
  const [english, russian] = [await text("en"), await text("ru")];
  expect(english).toContain(`Leader: ${incident.before.leader} → ${incident.after.leader}`);
  expect(russian).toContain(`Лидер: ${incident.before.leader} → ${incident.after.leader}`);
  for (const { sentence } of incident.sentences) expect(english).toContain(sentence);
}

function tell({ outage, phases, aftermath }: IncidentReport["incident"], measuredMs: number): void {
  const parts = phases.map(({ id, lengthMs }) => `${id} ${lengthMs}`).join(" + ");
  const later = aftermath.map(({ id }) => id).join(", ") || "nothing";
  console.log(`outage ${outage?.lengthMs} ms (measured ${measuredMs} ms) = ${parts}; afterwards ${later}`);
}
