import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { I18nProvider } from "@/lib/client/i18n";
import { renewPage } from "@/lib/client/renewal";
import { HEARTBEAT_MS } from "@/lib/contract/stream";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import { instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { operationView, pauseNote } from "@/lib/domain/testing/operations";
import { SAMPLE_NOW, type SampleKind } from "@/lib/domain/testing/samples";
import en from "@/messages/en.json";
import {
  answerStream,
  beginWall,
  endWall,
  heartbeat,
  levels,
  pass,
  picture,
  renew,
  say,
  show,
  tile,
  told,
} from "./testing/show-wall";
import { WallNotice } from "./wall-notice";

vi.mock("@/lib/client/renewal", () => ({
  renewPage: vi.fn(async () => undefined),
  feedAnswers: vi.fn(async () => true),
}));

beforeEach(() => {
  beginWall();
  vi.mocked(renewPage).mockClear();
});
afterEach(endWall);

describe("the wall", () => {
  it("says who takes writes, who leads and holds the VIP, and how old the picture is", async () => {
    const { container } = show([picture("healthy", 0)]);
    await pass(2_000);
    const text = told(tile(container, "c0"));
    for (const part of ["Writes flow", "Cluster 0", "node1", "Leader", "VIP", "Lag", "Backup", "production2 s"]) {
      expect(text).toContain(part);
    }
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Writes flow");
  });

  it("has nothing to press, to open, or to tab to", async () => {
    const { container } = show(["healthy", "split", "no-leader", "blind"].map((k, i) => picture(k as SampleKind, i)));
    await pass(1_000);
    expect(container.querySelectorAll("a, button, input, select, textarea, [tabindex], [role=button]")).toHaveLength(0);
  });

  it.each([
    ["split", "split", "SPLIT BRAIN"],
    ["no-leader", "crit", "Writes are broken"],
    ["blind", "blind", "Unknown"],
    ["starting", "blind", "Unknown"],
  ] as const)("draws %s as %s, in the tile, the summary and the tab", (kind, level, word) => {
    const { container } = show([picture(kind, 0), picture("healthy", 1)]);
    expect(tile(container, "c0").dataset.level).toBe(level);
    expect(tile(container, "c0").textContent).toContain(word);
    expect(container.querySelector(".wall-bar")?.getAttribute("data-level")).toBe(level);
    expect(document.title).toBe(en.wall.tab[level]);
    expect(document.head.querySelector("link[rel=icon]")?.getAttribute("href")).toContain("svg");
  });

  it("says of a split brain that the witnesses are divided, and not that they agree", () => {
    const { container } = show([picture("split", 0)]);
    expect(tile(container, "c0").textContent).toMatch(/the witnesses are divided, \d to [1-9]/);
    expect(tile(container, "c0").textContent).not.toMatch(/witnesses agree/);
  });

  it("lets a critical finding colour a cluster whose writes flow", () => {
    const healthy = picture("healthy", 0);
    const [finding] = picture("split", 1).findings;
    if (!finding) throw new Error("a split brain without a finding");
    const { container } = show([{ ...healthy, findings: [{ ...finding, severity: "critical", under: null }] }]);
    expect(tile(container, "c0").dataset.level).toBe("crit");
    expect(tile(container, "c0").textContent).toContain("Critical finding");
  });

  it("counts down a pause and maintenance, and follows an operation and a run", async () => {
    const request = { action: "resume" } as const;
    const attention: AttentionBoard = {
      alerts: [],
      silences: [
        {
          id: "w",
          kind: "maintenance",
          scope: null,
          match: { rule: null, subject: null, severity: null },
          owner: "petrov",
          reason: "kernel",
          from: instant(SAMPLE_NOW - 1_000),
          until: instant(SAMPLE_NOW + 600_000),
          ended: null,
        },
      ],
      failingNotifiers: [],
      inMemory: false,
    };
    const runs: Snapshot["runs"] = {
      runs: [
        {
          id: "r",
          runbookId: "no-leader",
          title: { en: "No leader", ru: "Нет лидера" },
          state: "stopped",
          carrier: "anna",
          handedTo: null,
          startedAt: instant(SAMPLE_NOW - 60_000),
          contradiction: null,
          version: 1,
          step: { number: 2, of: 7 },
        },
      ],
      proven: { failover: null, restore: null },
    };
    const at = instant(SAMPLE_NOW - 5_000);
    const { container } = show([
      {
        ...picture("healthy", 0),
        paused: true,
        attention,
        runs,
        actions: {
          operations: [operationView({ request, startedAt: at, createdAt: at })],
          pause: pauseNote({ until: instant(SAMPLE_NOW + 120_000) }),
        },
      },
    ]);
    await pass(1_000);
    const notice = (kind: string) => told(container.querySelector(`[data-notice="${kind}"]`));
    expect(notice("operation")).toContain("6 s");
    expect(notice("run")).toContain("step 2 of 7");
    expect(notice("run")).toContain("Runbook stopped");
    expect(notice("pause")).toContain("1 min 59 s");
    expect(notice("maintenance")).toContain("9 min 59 s");
  });

  it("is the same in Russian", () => {
    const { container } = show([picture("healthy", 0)], {}, "ru");
    expect(container.querySelector("h1")?.textContent).toBe("Запись идёт");
  });

  it("says so when there is nothing to show", () => {
    show([]);
    expect(screen.getByText(en.wall.empty)).toBeTruthy();
  });
});

describe("a wall that is not fed", () => {
  it("says so over the whole screen within 10 s, and nothing looks well any more", async () => {
    const { container } = show([picture("healthy", 0), picture("healthy", 1)]);
    await heartbeat();
    expect(levels(container)).toContain("ok");
    await pass(10_000);
    expect(screen.getByRole("alert").textContent).toContain("This screen is not being fed");
    expect(levels(container)).not.toContain("ok");
    expect(document.title).toBe(en.wall.tab.blind);
  });

  it("leaves two seconds of the ten to a browser whose timers come late", async () => {
    show([picture("healthy", 0)]);
    await heartbeat();
    await pass(8_000);
    expect(screen.getByRole("alert").textContent).toContain("This screen is not being fed");
  });

  it("does not cry over a heartbeat or two that did not come", async () => {
    show([picture("healthy", 0)]);
    await heartbeat();
    await pass(2 * HEARTBEAT_MS + 500);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("does not believe a clock that was put back, until it is fed again", async () => {
    show([picture("healthy", 0)]);
    await heartbeat();
    vi.setSystemTime(SAMPLE_NOW - 3_600_000);
    await pass(1_000);
    expect(screen.getByRole("alert").textContent).toContain("This screen is not being fed");
    await heartbeat();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("winds up with each frame what says so without any script", async () => {
    const { container } = show([picture("healthy", 0)]);
    const deadMan = container.querySelector("[data-dead-man]") as HTMLElement;
    const animation = { currentTime: 5_000 };
    deadMan.getAnimations = () => [animation as unknown as Animation];
    await pass(1_000);
    expect(animation.currentTime).toBe(5_000);
    await heartbeat();
    expect(animation.currentTime).toBe(0);
  });

  it("goes on saying since when, and takes it back with the first frame", async () => {
    show([picture("healthy", 0)]);
    await heartbeat();
    await pass(75_000);
    expect(told(screen.getByRole("alert"))).toMatch(/1 min 1\d s/);
    await heartbeat();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("does not cry while heartbeats come, and shows a picture that is no longer renewed as unknown", async () => {
    const { container } = show([picture("healthy", 0)]);
    for (let i = 0; i < 5; i += 1) {
      await heartbeat();
      await pass(3_000);
    }
    expect(screen.queryByRole("alert")).toBeNull();
    expect(tile(container, "c0").dataset.level).toBe("blind");
    expect(levels(container)).not.toContain("ok");
  });

  it("says in large letters that it may look no more, and comes back when it may", async () => {
    const { container } = show([picture("healthy", 0)]);
    await heartbeat();
    answerStream(401);
    await say("error");
    await pass(0);
    expect(screen.getByRole("alert").textContent).toContain("may look no more");
    expect(levels(container)).not.toContain("ok");
    await pass(20_000);
    expect(renewPage).toHaveBeenCalled();
  });

  it("loads anew when another process feeds it", async () => {
    const one = picture("healthy", 0);
    show([one]);
    await heartbeat();
    await pass(2_000);
    expect(renewPage).not.toHaveBeenCalled();
    await renew(one, "another");
    await pass(1_000);
    expect(renewPage).toHaveBeenCalled();
  });

  it.each(["nobody", "revoked", "unknown", "not-drawn"] as const)("tells why it cannot begin: %s", (about) => {
    render(
      <I18nProvider locale="en" catalogue={en}>
        <WallNotice about={about} />
      </I18nProvider>,
    );
    expect(screen.getByRole("heading").textContent).toBe(en.wall.notice[about].title);
  });
});

describe("a wall of several pages", () => {
  it("turns them, and names what is not well and not in sight", async () => {
    const kinds: SampleKind[] = ["healthy", "healthy", "healthy", "split"];
    const { container } = show(kinds.map(picture), { per: "2", seconds: "20" });
    const seen = new Set<string>();
    const scopes = () =>
      [...container.querySelectorAll<HTMLElement>("[data-cluster]")].map(({ dataset }) => dataset.cluster ?? "");
    for (let i = 0; i < 2; i += 1) {
      await heartbeat();
      expect(scopes()).toHaveLength(2);
      for (const scope of scopes()) seen.add(scope);
      const elsewhere = container.querySelector(".wall-elsewhere")?.textContent ?? "";
      expect(elsewhere.includes("Cluster 3")).toBe(!scopes().includes("c3"));
      for (let second = 0; second < 20; second += 2) {
        await heartbeat();
        await pass(2_000);
      }
    }
    expect([...seen].toSorted()).toEqual(["c0", "c1", "c2", "c3"]);
  });
});

describe("a tile's figures", () => {
  const figure = (container: HTMLElement, label: string) => {
    const all = [...tile(container, "c0").querySelectorAll<HTMLElement>(".wall-figure")];
    return all.find((one) => told(one).startsWith(label));
  };

  it("say unknown before the first look, and never that there are no replicas", () => {
    const { container } = show([picture("starting", 0)]);
    for (const label of ["Leader", "VIP", "Lag"]) {
      expect(told(figure(container, label))).toContain("unknown");
      expect(figure(container, label)?.dataset.level).toBe("blind");
    }
  });

  it("say at least so much where the lag of some replica is not known", () => {
    const { container } = show([picture("split", 0)]);
    expect(told(figure(container, "Lag"))).toMatch(/≥ \d/);
    expect(figure(container, "Lag")?.dataset.level).toBe("blind");
  });

  it("call what was only last known by that name", () => {
    const { container } = show([picture("blind", 0)]);
    expect(told(figure(container, "VIP"))).toMatch(/stale|unknown/);
    expect(figure(container, "VIP")?.dataset.level).toBe("blind");
  });
});
