import { type ClientEyeMemory, foldOutcome } from "@/lib/domain/client-eye/fold";
import { type ClientOutcome, findingOf } from "@/lib/domain/client-eye/outcome";
import { ok, remember } from "@/lib/domain/observation";
import { type ClientEye, createClientEye } from "@/lib/sources/client-eye/client";
import type { Beat } from "./beat";
import { type GapTeller, tellGaps } from "./client-eye-gaps";
import type { Desk } from "./desk";

/** While clients cannot write, the eye looks this often, in ms, so that the end of a gap is known to a tenth of a second. */
export const FAILING_PACE_MS = 100;
/** Looks that hang are given up by their time-out; until then no more than so many are begun. */
const IN_FLIGHT_MIN = 4;
const IN_FLIGHT_MAX = 10;
/** A refused login is not mended by asking again; the pause between looks grows to this, in ms. */
const REFUSED_PACE_MS = 15_000;
/** The other sources are woken at most this often by what the eye meets, in ms: a flapping path must not keep them racing. */
const HURRY_EVERY_MS = 10_000;

/** Pause between the beginnings of two looks, in ms. */
export function paceOf(memory: Pick<ClientEyeMemory, "finding" | "inRow" | "last">, intervalMs: number): number {
  if (memory.last === null) return intervalMs;
  switch (memory.finding) {
    case "writable":
      return intervalMs;
    case "read-only":
    case "failing":
      return Math.min(FAILING_PACE_MS, intervalMs);
    case "unknown":
      return Math.max(intervalMs, Math.min(REFUSED_PACE_MS, intervalMs * 2 ** Math.min(memory.inRow, 10)));
  }
}

export const inFlightMax = (timeoutMs: number): number =>
  Math.min(IN_FLIGHT_MAX, Math.max(IN_FLIGHT_MIN, Math.ceil(timeoutMs / FAILING_PACE_MS)));

/**
 * Starts the client's eye, where it is configured. A look begins at each interval whether or not the one before has ended, as
 * clients do not wait for each other either. The picture is drawn anew only when something else is found, not with each look.
 */
export function startClientEye(
  desk: Desk,
  eye: ClientEye | null = desk.config.clientEye && createClientEye(desk.config.clientEye),
  gaps: GapTeller = tellGaps(),
): Beat[] {
  const { clientEye: config } = desk.config;
  if (!config || !eye) return [];
  const { intervalMs, timeoutMs } = config;
  const stopping = new AbortController();
  const most = inFlightMax(timeoutMs);
  let order = 0;
  let inFlight = 0;
  let beganAt = Number.NEGATIVE_INFINITY;
  let hurriedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const memory = (): ClientEyeMemory | null => desk.state().clientEye?.memory ?? null;

  function schedule() {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    const known = memory();
    const pace = known ? paceOf(known, intervalMs) : intervalMs;
    timer = setTimeout(begin, Math.max(0, beganAt + pace - performance.now()));
  }

  function begin() {
    beganAt = performance.now();
    if (inFlight < most) void lookOnce();
    schedule();
  }

  async function lookOnce(): Promise<void> {
    inFlight += 1;
    order += 1;
    const [number, startedAt, started] = [order, Date.now(), performance.now()];
    const result = await eyeLook();
    inFlight -= 1;
    if (stopping.signal.aborted) return;
    // By the steady clock, so that a clock set right in between makes no look of an hour.
    const tookMs = Math.round((performance.now() - started) * 10) / 10;
    seen({ order: number, startedAt, at: Math.round(startedAt + tookMs), tookMs, result });
    schedule();
  }

  async function eyeLook(): Promise<ClientOutcome["result"]> {
    try {
      return (await eye?.look(stopping.signal)) ?? { ok: false, failure: { kind: "aborted", text: "" } };
    } catch (error) {
      return { ok: false, failure: { kind: "aborted", text: error instanceof Error ? error.message : String(error) } };
    }
  }

  function seen(outcome: ClientOutcome): void {
    const before = desk.state().clientEye;
    if (!before) return;
    const after = foldOutcome(before.memory, outcome);
    if (after === before.memory) return;
    const told = findingOf(outcome) === "unknown" ? outcome.result : ok(outcome);
    const observation = {
      source: "client-eye",
      target: config?.host ?? "",
      observedAt: outcome.at,
      tookMs: outcome.tookMs,
    } as const;
    const result = told.ok ? ok(outcome) : told;
    const look = remember(before.look, { ...observation, result });
    desk.seeClientEye({ look, memory: after }, !sameOnScreen(before.memory, after));
    gaps.follow(desk.state(), before.memory, outcome.at);
    if (turned(before.memory, after) && performance.now() - hurriedAt >= HURRY_EVERY_MS) {
      hurriedAt = performance.now();
      desk.hurry();
    }
  }

  begin();
  return [
    {
      wake() {
        // It looks several times a second by itself.
      },
      setFast() {
        // Nor is there a faster beat than its own.
      },
      once: () => Promise.resolve(),
      stop() {
        stopping.abort();
        clearTimeout(timer);
      },
    },
  ];
}

/** Whether a person would see the same but for figures. */
function sameOnScreen(a: ClientEyeMemory, b: ClientEyeMemory): boolean {
  return (
    a.finding === b.finding &&
    a.since === b.since &&
    a.inRow > 1 === b.inRow > 1 &&
    a.gap?.startedAt === b.gap?.startedAt &&
    a.lastGap === b.lastGap
  );
}

/** Clients can write no more, by two looks, or again: news for everything else that is looked at. */
function turned(a: ClientEyeMemory, b: ClientEyeMemory): boolean {
  const out = (one: ClientEyeMemory) => one.gap !== null && one.gap.attempts > 1;
  return out(a) !== out(b);
}
