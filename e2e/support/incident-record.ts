import { SCOPE } from "@/lab/index";
import { type IncidentReport, incidentReportSchema, incidentsSchema } from "@/lib/contract/incident";
import { eventsSchema, framesSchema, pastSchema } from "@/lib/contract/record";
import type { Dashboard } from "./dashboard";
import { expect } from "./fixtures";
import type { Recorded } from "./stream-recorder";
import { until } from "./until";

/** The record's own account of an incident, read as a program reads it. */

/** A read of the record by a program, with its token. */
async function get({ baseUrl, accounts }: Dashboard, what: string, query: Record<string, string>): Promise<Response> {
  const path = `/api/v1/clusters/${SCOPE}/${what}?${new URLSearchParams(query)}`;
  return await fetch(baseUrl + path, { headers: { authorization: `Bearer ${accounts.token}` } });
}

export const iso = (ms: number) => new Date(ms).toISOString();

/** The sentences in order, each once a time. */
export const inTurn = (sentences: readonly string[]) => sentences.filter((one, i) => one !== sentences[i - 1]);

/** What was shown is written within half a second; waits until the record holds the last of it. */
export async function reportOf(
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
export async function replayed(dashboard: Dashboard, query: Record<string, string>): Promise<string[]> {
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

export async function toldAsEvents(dashboard: Dashboard, query: Record<string, string>, from: string, to: string) {
  const answer = await get(dashboard, "events", { ...query, kind: "leader,write-gap,vip", limit: "100" });
  const { events } = eventsSchema.parse(await answer.json());
  const leader = events.find(({ kind, subject }) => kind === "leader" && subject === to);
  expect(leader).toMatchObject({ data: { from, to } });
  expect(events.some(({ kind }) => kind === "write-gap")).toBe(true);
  expect(events.some(({ kind }) => kind === "vip")).toBe(true);
}

export async function listed(dashboard: Dashboard, killedAt: number) {
  const query = { from: iso(killedAt - 600_000), to: iso(Date.now()) };
  const { incidents } = incidentsSchema.parse(await (await get(dashboard, "incidents", query)).json());
  const ours = incidents.find(({ from, to }) => Date.parse(from) <= killedAt && Date.parse(to) >= killedAt);
  expect(ours?.reasons).toEqual(["write-gap", "leader", "verdict"]);
}

export async function readable(
  dashboard: Dashboard,
  query: Record<string, string>,
  incident: IncidentReport["incident"],
) {
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

export function tell({ outage, phases, aftermath }: IncidentReport["incident"], measuredMs: number): void {
  const parts = phases.map(({ id, lengthMs }) => `${id} ${lengthMs}`).join(" + ");
  const later = aftermath.map(({ id }) => id).join(", ") || "nothing";
  console.log(`outage ${outage?.lengthMs} ms (measured ${measuredMs} ms) = ${parts}; afterwards ${later}`);
}
