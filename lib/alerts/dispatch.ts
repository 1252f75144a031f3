import type { AlertChange } from "@/lib/domain/alerts/change";
import { dueDeliveries, GIVE_UP_MS, retryAfterMs } from "@/lib/domain/alerts/delivery";
import type { DeliveryRecord } from "@/lib/domain/alerts/model";
import type { EpochMs } from "@/lib/domain/ids";
import type { Book } from "./book";
import { noticeOf } from "./notice";
import type { Notice, Notifier, SendResult } from "./notifiers/types";
import type { AttemptCount } from "./types";

/** Sends what waits: each delivery by one dashboard at a time, again and again until it went through or a day is over. */
export type Dispatch = {
  /** Begins to send what is due; done once that has begun. */
  run(): Promise<void>;
  /** Sends one that this dashboard has claimed, once; done when it is over. */
  send(delivery: DeliveryRecord): Promise<void>;
  /** Sends a message that is not recorded. */
  attempt(notifier: Notifier, notice: Notice): Promise<SendResult>;
  attempts(): readonly AttemptCount[];
  close(): Promise<void>;
};

export type DispatchParts = {
  readonly book: Book;
  readonly notifiers: readonly Notifier[];
  readonly publicUrl: string | null;
  readonly boot: string;
  readonly now: () => EpochMs;
};

/** How long a claim outlasts the time-out of its attempt, in ms: the clocks of two dashboards differ. */
const LEASE_SPARE_MS = 30_000;
/** Messages that one dashboard sends at once; a slow receiver holds up nobody else's for long. */
const AT_ONCE_MAX = 8;
const AT_ONCE_EACH_MAX = 2;
/** What is under way when the process goes has this long to end, in ms. */
const CLOSE_MS = 1_000;
const ERROR_CHARS_MAX = 300;

export function createDispatch({ book, notifiers, publicUrl, boot, now }: DispatchParts): Dispatch {
  const byName = new Map(notifiers.map((notifier) => [notifier.name, notifier]));
  const names = new Set(byName.keys());
  const underWay = new Map<string, { readonly notifier: string; readonly done: Promise<void> }>();
  const counts = new Map<string, number>();
  const closing = new AbortController();

  async function run(): Promise<void> {
    if (closing.signal.aborted) return;
    const abandoned = [...book.model().deliveries.values()].filter(
      ({ state, createdAt, lease }) => state === "waiting" && lease === null && now() - createdAt >= GIVE_UP_MS,
    );
    if (abandoned.length > 0) await book.commit(abandoned.flatMap(({ id }) => drop(id, "not delivered within a day")));
    const due = chosen(dueDeliveries(book.model(), names, boot, now()).filter(({ id }) => !underWay.has(id)));
    if (due.length === 0) return;
    const shared = await book.commit(due.map(({ id, notifier }) => claim(id, notifier)));
    if (!shared && book.standing() !== "memory") return;
    for (const { id } of due) {
      const delivery = book.model().deliveries.get(id);
      if (delivery?.state === "waiting" && delivery.lease?.by === boot) begin(delivery);
    }
  }

  function chosen(due: readonly DeliveryRecord[]): DeliveryRecord[] {
    const busy = [...underWay.values()].map(({ notifier }) => notifier);
    return due.filter(({ notifier }) => {
      const room = busy.length < AT_ONCE_MAX && busy.filter((one) => one === notifier).length < AT_ONCE_EACH_MAX;
      if (room) busy.push(notifier);
      return room;
    });
  }

  const claim = (id: string, notifier: string): AlertChange => ({
    kind: "claim",
    id,
    by: boot,
    now: now(),
    until: now() + (byName.get(notifier)?.timeoutMs ?? 0) + LEASE_SPARE_MS,
  });

  const drop = (id: string, error: string): AlertChange[] => [
    { kind: "claim", id, by: boot, now: now(), until: now() + LEASE_SPARE_MS },
    { kind: "tried", id, by: boot, at: now(), state: "dropped", error, nextTryAt: null },
  ];

  function begin(delivery: DeliveryRecord): void {
    const done = send(delivery).catch((error) => console.error("A delivery of alerts broke off:", error));
    const entry = { notifier: delivery.notifier, done };
    underWay.set(delivery.id, entry);
    void done.finally(() => underWay.delete(delivery.id));
  }

  async function send(delivery: DeliveryRecord): Promise<void> {
    const notifier = byName.get(delivery.notifier);
    const notice = notifier && noticeOf(book.model(), delivery, notifier, publicUrl);
    if (!notifier || !notice) {
      await book.commit(drop(delivery.id, "told already"));
      return;
    }
    const result = await attempt(notifier, notice);
    await book.commit([tried(delivery, result)]);
  }

  function tried(delivery: DeliveryRecord, result: SendResult): AlertChange {
    const base = { kind: "tried", id: delivery.id, by: boot, at: now() } as const;
    if (result.kind === "sent")
      return { ...base, state: "delivered", error: shortened(result.remark), nextTryAt: null };
    const error = shortened(result.text);
    const wait = Math.max(retryAfterMs(delivery.attempts + 1), result.retryAfterMs ?? 0);
    // A message that was cut off by our own end is another dashboard's to send at once.
    const nextTryAt = now() + (closing.signal.aborted ? 0 : wait);
    const again = result.retry && delivery.about !== "test" && nextTryAt - delivery.createdAt < GIVE_UP_MS;
    return { ...base, state: again ? "waiting" : "failed", error, nextTryAt: again ? nextTryAt : null };
  }

  async function attempt(notifier: Notifier, notice: Notice): Promise<SendResult> {
    const result = await sendWithin(notifier, notice, closing.signal);
    const key = `${notifier.name}|${result.kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return result;
  }

  return {
    run,
    send,
    attempt,
    attempts: () =>
      notifiers.flatMap(({ name, kind }) =>
        (["sent", "failed"] as const).map((outcome) => ({
          notifier: name,
          kind,
          outcome,
          count: counts.get(`${name}|${outcome}`) ?? 0,
        })),
      ),
    async close() {
      const all = Promise.all([...underWay.values()].map(({ done }) => done));
      const late = setTimeout(() => closing.abort(), CLOSE_MS / 2);
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
      clearTimeout(late);
      closing.abort();
    },
  };
}

const shortened = (text: string | undefined): string | null =>
  text?.replace(/\p{Cc}+/gu, " ").slice(0, ERROR_CHARS_MAX) ?? null;

/** A sender that neither answers nor minds its signal is left behind; one that throws has failed. */
async function sendWithin(notifier: Notifier, notice: Notice, closing: AbortSignal): Promise<SendResult> {
  const limit = AbortSignal.timeout(notifier.timeoutMs);
  const signal = AbortSignal.any([limit, closing]);
  const ended = new Promise<SendResult>((resolve) => {
    const fail = () =>
      resolve({ kind: "failed", retry: true, text: limit.aborted ? "no answer in time" : "broken off" });
    signal.addEventListener("abort", () => setTimeout(fail, 50), { once: true });
  });
  try {
    return await Promise.race([notifier.send(notice, signal), ended]);
  } catch {
    // What it threw may carry an address with a token in it.
    return { kind: "failed", retry: true, text: "the message could not be sent" };
  }
}
