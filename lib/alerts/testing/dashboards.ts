import type { AuditEntry } from "@/lib/audit/types";
import { ALERTS_DEFAULT } from "@/lib/config/alert-fields";
import type { AlertsConfig, ClusterConfig } from "@/lib/config/types";
import type { Store } from "@/lib/db/types";
import type { AlertPicture } from "@/lib/domain/alerts/sight";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import type { Finding } from "@/lib/domain/findings/finding";
import type { EpochMs } from "@/lib/domain/ids";
import { ALERTS_AT, alertPicture, DEMO } from "@/lib/domain/testing/alert-pictures";
import type { Notice, Notifier, SendResult } from "../notifiers/types";
import { startAlerts } from "../start";

/** Dashboards on stores of our choosing, with a clock of their own, that tell receivers who write everything down. */

export type Mail = { readonly from: string; readonly to: string; readonly notice: Notice };

/** A receiver that several dashboards tell. `answer` decides how each attempt ends. */
export function createMailbox(name = "dba") {
  const mails: Mail[] = [];
  let answer: (notice: Notice, signal: AbortSignal) => Promise<SendResult> = async () => ({ kind: "sent" });
  return {
    name,
    mails,
    /** What was told, in words: `firing lag:node1`. */
    told: () =>
      mails.map(({ notice }) => `${notice.about} ${notice.alerts.map(({ alert }) => alert.findingId).join(" ")}`),
    answers(next: typeof answer) {
      answer = next;
    },
    /** The way to this receiver from the dashboard `from`. */
    notifier: (from: string, over: Partial<Notifier> = {}): Notifier => ({
      name,
      kind: "webhook",
      language: "en",
      timeoutMs: 5_000,
      refreshMs: null,
      wants: ({ severity }) => severity !== "info",
      async send(notice, signal) {
        const result = await answer(notice, signal);
        if (result.kind === "sent") mails.push({ from, to: name, notice });
        return result;
      },
      ...over,
    }),
  };
}

export const POLICY: AlertsConfig = {
  holdMs: ALERTS_DEFAULT.hold,
  holdCriticalMs: ALERTS_DEFAULT.holdCritical,
  resolveAfterMs: ALERTS_DEFAULT.resolveAfter,
  batchMs: ALERTS_DEFAULT.batch,
  remindAfterMs: ALERTS_DEFAULT.remindAfter,
  notifiers: [],
  deadMan: null,
};

export const ANNA = { name: "anna", role: "operator", from: "10.0.0.9" } as const;

type PictureOver = Parameters<typeof alertPicture>[1];

/** The clock and the findings that all dashboards of one test share. */
export function createWorld(openStore: () => Store) {
  let now: EpochMs = ALERTS_AT;
  let picture: AlertPicture = alertPicture([]);
  const open: { readonly one: Dashboard; readonly close: () => Promise<void> }[] = [];

  function start(
    name: string,
    notifiers: readonly Notifier[],
    over: Partial<AlertsConfig> = {},
    through = (store: Store) => store,
  ) {
    const inner = openStore();
    const one = dashboard(name, through(inner), notifiers, { ...POLICY, ...over }, () => now);
    one.draw(picture);
    open.push({
      one,
      async close() {
        await one.desk.close();
        await inner.close();
      },
    });
    return one;
  }

  const alive = () => open.map(({ one }) => one).filter((one) => one.isAlive());

  return {
    start,
    now: () => now,
    /** What every dashboard sees from now on. */
    findings(findings: readonly Finding[], over: PictureOver = {}) {
      picture = alertPicture(findings, over);
      for (const one of alive()) one.draw(picture);
    },
    /** Time goes by, in steps of `stepMs`; at each step all dashboards look, at once. */
    async passes(ms: number, stepMs = 5_000): Promise<void> {
      for (let left = ms; left > 0; left -= stepMs) {
        now += Math.min(left, stepMs);
        await Promise.all(alive().map((one) => one.step(picture)));
      }
    },
    async close() {
      await Promise.all(open.map(({ close }) => close()));
    },
  };
}

export type Dashboard = ReturnType<typeof dashboard>;

function dashboard(
  name: string,
  store: Store,
  notifiers: readonly Notifier[],
  alerts: AlertsConfig,
  now: () => EpochMs,
) {
  const listeners = new Set<(state: never, snapshot: never) => void>();
  const written: AuditEntry[] = [];
  let board: AttentionBoard | null = null;
  let alive = true;
  let own: AlertPicture | null = null;
  const cluster = { scope: DEMO, title: "Demo", environment: "production" } as ClusterConfig;
  const desk = startAlerts({
    config: { clusters: [cluster], alerts, server: { port: 3000, publicUrl: "https://dba.example.com" } },
    collectors: {
      onState(_scope, callback) {
        listeners.add(callback as never);
        return () => void listeners.delete(callback as never);
      },
      setAttention(_scope, next) {
        board = next;
      },
    },
    store,
    audit: {
      async append(entry) {
        written.push(entry);
        return { ok: true, value: {} as never };
      },
    },
    boot: name,
    keptMs: 86_400_000,
    notifiers,
    // A busy machine must not look like a store that is away.
    waitMs: 20_000,
    now,
  });
  const draw = (picture: AlertPicture) => {
    for (const listener of listeners) listener({} as never, picture as never);
  };
  return {
    desk,
    written,
    board: () => board,
    draw,
    /** From now on it alone sees these; null: what all others see. */
    sees(findings: readonly Finding[] | null) {
      own = findings && alertPicture(findings);
    },
    isAlive: () => alive,
    /** Sees, tells, and waits until its messages are out. */
    async step(picture: AlertPicture) {
      draw(own ?? picture);
      await desk.engine.tick();
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    /** It is gone from one moment to the next: nothing more of it is written or sent. */
    kill() {
      alive = false;
      void desk.engine.close();
    },
  };
}
