import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import { beginWall, endWall, heartbeat, pass, picture, renew, show } from "./testing/show-wall";

vi.mock("@/lib/client/renewal", () => ({
  renewPage: vi.fn(async () => undefined),
  feedAnswers: vi.fn(async () => true),
}));

let made: FakeAudio[];
class FakeAudio extends EventTarget {
  state = "running";
  currentTime = 0;
  destination = {};
  tones = 0;
  constructor() {
    super();
    made.push(this);
  }
  resume = async () => undefined;
  close = async () => undefined;
  createOscillator() {
    this.tones += 1;
    const source = { frequency: { value: 0 }, type: "", connect: (to: unknown) => to, start() {}, stop() {} };
    return source;
  }
  createGain() {
    const gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };
    return { gain, connect: (to: unknown) => to };
  }
}

beforeEach(() => {
  made = [];
  beginWall();
  vi.stubGlobal("AudioContext", FakeAudio);
});
afterEach(endWall);

const worse = (snapshot: Snapshot): Snapshot => {
  const [finding] = picture("split", 0).findings;
  if (!finding) throw new Error("a split brain without a finding");
  const findings = [{ ...finding, severity: "critical" as const, under: null }];
  return { ...snapshot, version: snapshot.version + 1, findings };
};
const tones = () => made.reduce((sum, one) => sum + one.tones, 0);

describe("the wall's sound", () => {
  it("is made by nothing unless it is switched on, whatever happens", async () => {
    const healthy = picture("healthy", 0);
    show([healthy]);
    await pass(2_000);
    await renew(worse(healthy));
    await pass(5_000);
    expect(made).toHaveLength(0);
  });

  it("comes once for a new critical finding, and not for one that was there before", async () => {
    const healthy = picture("healthy", 0);
    const broken = worse(picture("healthy", 1));
    show([healthy, broken], { sound: "on" });
    await pass(3_000);
    expect(tones()).toBe(0);
    await renew(worse(healthy));
    await pass(1_000);
    const once = tones();
    expect(once).toBeGreaterThan(0);
    await pass(3_000);
    expect(tones()).toBe(once);
  });

  it("says on the screen when the browser lets it make none", async () => {
    const { container } = show([picture("healthy", 0)], { sound: "on" });
    expect(container.querySelector(".wall-muted")).toBeNull();
    const [audio] = made;
    if (!audio) throw new Error("no audio was asked for");
    audio.state = "suspended";
    audio.dispatchEvent(new Event("statechange"));
    await pass(0);
    expect(container.querySelector(".wall-muted")?.textContent).toContain("Sound is blocked");
  });
});

describe("a wall at night", () => {
  const hour = new Date(SAMPLE_NOW).getHours();
  const now = `${hour}-${(hour + 1) % 24}`;
  const later = `${(hour + 2) % 24}-${(hour + 3) % 24}`;

  it("dims while all is well, and by day not at all", () => {
    const veil = show([picture("healthy", 0)], { night: now, dim: "0.3" }).container.querySelector<HTMLElement>(
      ".wall-night",
    );
    expect(Number(veil?.style.opacity)).toBeCloseTo(0.7);
    endWall();
    beginWall();
    expect(show([picture("healthy", 0)], { night: later }).container.querySelector(".wall-night")).toBeNull();
  });

  it.each(["split", "no-leader", "blind"] as const)("is as bright as by day for %s", (kind) => {
    const { container } = show([picture("healthy", 0), picture(kind, 1)], { night: now });
    expect(container.querySelector(".wall-night")).toBeNull();
  });

  it("is as bright as by day when it is not fed", async () => {
    const { container } = show([picture("healthy", 0)], { night: now });
    expect(container.querySelector(".wall-night")).not.toBeNull();
    await pass(10_000);
    expect(container.querySelector(".wall-night")).toBeNull();
  });
});

describe("against burn-in", () => {
  it("the whole picture stands elsewhere a minute later", async () => {
    const { container } = show([picture("healthy", 0)]);
    const place = () => {
      const style = container.querySelector<HTMLElement>(".wall-shifted")?.style;
      return `${style?.getPropertyValue("--wall-x")} ${style?.getPropertyValue("--wall-y")}`;
    };
    const places = new Set([place()]);
    for (let minute = 0; minute < 3; minute += 1) {
      await pass(60_000);
      await heartbeat();
      await pass(1_000);
      places.add(place());
    }
    expect(places.size).toBeGreaterThanOrEqual(3);
  });
});
