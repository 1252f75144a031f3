import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fakeRuns, RUN_ID } from "@/components/runs/testing/fake-runs";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { EXAMPLE_REQUESTS, operationView } from "@/lib/domain/testing/operations";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { FleetRow } from "./fleet-row";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

const cluster = { scope: "demo", title: "Demo", environment: null };
const show = (over: Partial<Snapshot> = {}, locale: "en" | "ru" = "en") =>
  renderLive(<FleetRow cluster={cluster} snapshot={{ ...sampleSnapshot(), ...over }} />, locale);
const board = () => fakeRuns("planned-switchover", { candidate: "node2" }).board();
const address = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

describe("a cluster in the fleet", () => {
  it("shows each run that is open on it, who carries it and where it is, and leads there", () => {
    const scope = sampleSnapshot().scope;
    show({ runs: board() });
    const line = document.querySelector(`[data-fleet-run="${RUN_ID}"]`);
    expect(line?.textContent).toMatch(/Running.*Planned switchover.*step 1 of \d+.*carried by ivanova/);
    expect(address("Planned switchover")).toBe(`/clusters/${scope}/runs/${RUN_ID}`);
  });

  it("says of a split brain that the witnesses are divided, and not that they agree", () => {
    show(sampleSnapshot("split"));
    expect(screen.getByText(/the witnesses are divided, \d to [1-9]/)).toBeTruthy();
    expect(screen.queryByText(/witnesses agree/)).toBeNull();
  });

  it("says so in Russian too", () => {
    show({ runs: board() }, "ru");
    expect(document.querySelector("[data-fleet-run]")?.textContent).toMatch(/шаг 1 из \d+.*ivanova/);
  });

  it("shows a run that stopped by itself as one that wants somebody", () => {
    const [run] = board().runs;
    if (!run) throw new Error("no run");
    show({ runs: { ...board(), runs: [{ ...run, state: "stopped" }] } });
    expect(document.querySelector("[data-fleet-run]")?.getAttribute("data-state")).toBe("stopped");
  });

  it("shows each operation that is open, and none that has ended", () => {
    const request = EXAMPLE_REQUESTS.switchover;
    const [open, ended] = [operationView({ request }), operationView({ request, id: "ended", state: "done" })];
    show({ actions: { operations: [open, ended], pause: null } });
    const shown = [...document.querySelectorAll("[data-fleet-operation]")];
    expect(shown.map((line) => line.getAttribute("data-fleet-operation"))).toEqual([open.id]);
    expect(shown[0]?.querySelector("a")?.getAttribute("href")).toContain(`/operations/${open.id}`);
  });

  it("has no such list where nothing is done, or nothing is kept of it", () => {
    show({ runs: null, actions: null });
    expect(screen.queryByRole("list", { name: "Being done now" })).toBeNull();
  });
});
