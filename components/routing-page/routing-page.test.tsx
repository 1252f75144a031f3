import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { clusterScope } from "@/lib/domain/ids";
import { SAMPLE_KINDS, SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { Routing } from "./routing-page";

vi.stubGlobal("EventSource", FakeEventSource);
const problems: unknown[] = [];
let answer: { status: number; body: unknown };

beforeEach(() => {
  problems.length = 0;
  answer = { status: 200, body: {} };
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answer.body), { status: answer.status }));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the routing page", () => {
  it.each(SAMPLE_KINDS.flatMap((kind) => [["en", kind] as const, ["ru", kind] as const]))(
    "reads in %s when the cluster is %s: no text is missing and none fails to fill in",
    (locale, kind) => {
      const { container } = renderLive(<Routing snapshot={sampleSnapshot(kind)} />, locale);
      expect(problems).toEqual([]);
      expect(container.textContent).not.toMatch(/\b(routingPage|haproxy|format|pgbouncer|failure)\.[a-z]/);
    },
  );

  it("shows nothing as well once the page is stale", () => {
    const { container } = renderLive(
      <StaleScope stale>
        <Routing snapshot={sampleSnapshot("healthy")} />
      </StaleScope>,
    );
    expect(container.querySelectorAll('[data-level="ok"]')).toHaveLength(0);
  });

  it("says where HAProxy nodes disagree about a server", () => {
    const healthy = sampleSnapshot("healthy");
    renderLive(<Routing snapshot={healthy} />);
    expect(screen.queryAllByText("the HAProxies disagree")).toEqual([]);
    cleanup();
    const [first, ...others] = healthy.haproxy;
    if (!first?.write) throw new Error("the sample has a write pool");
    const turned = {
      ...first.write,
      servers: first.write.servers.map((server) => ({ ...server, status: "maint" as const })),
    };
    const odd = { ...first, write: turned, pools: first.pools.map((p) => (p.name === turned.name ? turned : p)) };
    renderLive(<Routing snapshot={{ ...healthy, haproxy: [odd, ...others] }} />);
    expect(screen.getAllByText("the HAProxies disagree")).toHaveLength(turned.servers.length);
  });

  it("names an alarm of etcd and the member that does not answer", () => {
    const healthy = sampleSnapshot("healthy");
    const [first, second, ...others] = healthy.dcs.members;
    if (!first || !second) throw new Error("the sample has etcd members");
    const members = [
      { ...first, alarms: ["NOSPACE"] },
      { ...second, trust: "unknown" as const, failure: { kind: "timeout" as const, text: "2000 ms" } },
      ...others,
    ];
    renderLive(<Routing snapshot={{ ...healthy, dcs: { ...healthy.dcs, members } }} />);
    const etcd = within(screen.getAllByRole("region", { name: "etcd" })[0] as HTMLElement);
    expect(etcd.getByText("NOSPACE")).toBeTruthy();
    expect(etcd.getByText("2000 ms", { exact: false })).toBeTruthy();
  });

  it("tells a viewer that the keys are for operators", async () => {
    answer = { status: 403, body: { detail: "no" } };
    renderLive(<Routing snapshot={sampleSnapshot("healthy")} />);
    fireEvent.click(screen.getByRole("button", { name: "Read the keys" }));
    expect(await screen.findByText("Only operators and administrators may read the keys.")).toBeTruthy();
  });

  it("shows keys as stored: numbers beyond 53 bits keep every digit", async () => {
    const value = '{"system":7710434487420534885}';
    answer = {
      status: 200,
      body: {
        scope: "demo",
        at: new Date(SAMPLE_NOW).toISOString(),
        tookMs: 2,
        failure: null,
        tree: {
          prefix: "/service/demo/",
          revision: "90",
          keys: [{ key: "/service/demo/initialize", value, modRevision: "7", lease: null }],
        },
      },
    };
    renderLive(<Routing snapshot={sampleSnapshot("healthy")} />);
    fireEvent.click(screen.getByRole("button", { name: "Read the keys" }));
    expect(await screen.findByText("initialize")).toBeTruthy();
    expect(screen.getAllByText(value)).toHaveLength(2);
  });

  it("says why there are no keys", async () => {
    const failure = { kind: "no-quorum", text: "no leader to read through" };
    answer = {
      status: 200,
      body: { scope: "demo", at: new Date(SAMPLE_NOW).toISOString(), tookMs: 2, failure, tree: null },
    };
    // Another scope: the page keeps what was read of a cluster.
    renderLive(<Routing snapshot={{ ...sampleSnapshot("healthy"), scope: clusterScope("other") }} />);
    fireEvent.click(screen.getByRole("button", { name: "Read the keys" }));
    expect(await screen.findByText(/no leader to read through/)).toBeTruthy();
  });
});
