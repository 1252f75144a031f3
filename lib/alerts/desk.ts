import type { AuditLog } from "@/lib/audit/types";
import type { AlertsConfig } from "@/lib/config/types";
import type { Store, Stored } from "@/lib/db/types";
import { failingNotifiers } from "@/lib/domain/alerts/delivery";
import type { AlertRecord, DeliveryRecord } from "@/lib/domain/alerts/model";
import { isOver } from "@/lib/domain/alerts/silences";
import type { Silence } from "@/lib/domain/alerts/types";
import { isGoneFrom, viewAlert, viewDelivery } from "@/lib/domain/alerts/view";
import type { AuditKind } from "@/lib/domain/audit";
import { type EpochMs, instant } from "@/lib/domain/ids";
import type { Book } from "./book";
import type { DeadMan } from "./dead-man";
import type { Dispatch } from "./dispatch";
import type { Engine } from "./engine";
import type { Notifier } from "./notifiers/types";
import { type AlertQuery, readAlerts, readDeliveries, readSilences } from "./store/read";
import type { AlertAsker, AlertDesk, AlertRefusal, NotifierStatus, SilenceRequest } from "./types";

export type DeskParts = {
  readonly store: Store;
  readonly book: Book;
  readonly engine: Engine;
  readonly dispatch: Dispatch;
  readonly notifiers: readonly Notifier[];
  readonly configs: AlertsConfig["notifiers"];
  readonly deadMan: DeadMan | null;
  readonly audit: Pick<AuditLog, "append">;
  readonly boot: string;
  readonly now: () => EpochMs;
  readonly newId: () => string;
};

type Desk = Omit<AlertDesk, "close">;

/** Silences that ended are listed for so long, in ms. */
const LISTED_MS = 86_400_000;
const TEST_LEASE_MS = 90_000;

/** What people ask of alerting and do to it; whatever changes something is written down first. */
export function createDesk(parts: DeskParts): Desk {
  const { store, book, engine, dispatch, notifiers, configs, deadMan, now } = parts;

  const view = (record: AlertRecord) =>
    viewAlert(record, book.model().silences.values(), isGoneFrom(engine.sightOf(record.scope), record), now());

  return {
    async alerts(query) {
      const stored = await store.read((db) => readAlerts(db, query));
      return (stored.ok ? stored.value : known(book, query)).map(view);
    },
    async silences() {
      const stored = await store.read((db) => readSilences(db, now() - LISTED_MS));
      return stored.ok ? stored.value : [...book.model().silences.values()];
    },
    async deliveries(query) {
      const stored = await store.read((db) => readDeliveries(db, query));
      if (!stored.ok) return stored;
      return { ok: true, value: stored.value.map(({ delivery, alertIds }) => viewDelivery(delivery, alertIds)) };
    },
    notifiers: () => configs.map((config) => statusOf(book, config)),
    deadMan: () => deadMan?.status() ?? null,
    inMemory: () => book.standing() === "memory",
    attempts: () => dispatch.attempts(),
    waiting: () => [...book.model().deliveries.values()].filter(({ state }) => state === "waiting").length,

    async acknowledge(asker, id, note) {
      const alert = book.model().alerts.get(id) ?? (await readOne(store, id));
      if (!alert) return refused("not-found", "There is no such alert.");
      if (alert.resolvedAt !== null) return refused("not-open", "The alert is over.");
      const { scope, findingId, rule, subject, severity } = alert;
      const data = { alertId: id, findingId, rule, subject, severity };
      const written = await record(parts, "alert-acknowledged", asker, scope, note, data);
      if (!written.ok) return notRecorded(written);
      const acknowledged = { by: asker.name, at: instant(now()), note };
      await book.commit([{ kind: "acknowledge", id, acknowledged }]);
      engine.show();
      return { kind: "ok", value: view({ ...alert, acknowledged }) };
    },

    async silence(asker, request) {
      const wrong = wrongTime(request, now());
      if (wrong) return wrong;
      const silence = silenceOf(asker, request, parts.newId());
      const { id, kind, match, from, until } = silence;
      const data = { silenceId: id, kind, match, from, until };
      const written = await record(parts, "silence-made", asker, silence.scope, silence.reason, data);
      if (!written.ok) return notRecorded(written);
      await book.commit([{ kind: "silence", silence }]);
      engine.show();
      return { kind: "ok", value: silence };
    },

    async endSilence(asker, id) {
      const silence = await readSilence(store, book, id);
      if (!silence) return refused("not-found", "There is no such silence.");
      if (isOver(silence, now())) return refused("not-open", "It has ended already.");
      const data = { silenceId: id, kind: silence.kind, until: silence.until };
      const written = await record(parts, "silence-ended", asker, silence.scope, silence.reason, data);
      if (!written.ok) return notRecorded(written);
      const at = now();
      await book.commit([{ kind: "end-silence", id, at, by: asker.name }]);
      engine.show();
      return { kind: "ok", value: { ...silence, ended: { at: instant(at), by: asker.name } } };
    },

    async test(asker, name) {
      const notifier = notifiers.find((one) => one.name === name);
      if (!notifier) return refused("not-found", "No notifier of that name is configured.");
      const data = { notifier: name, kind: notifier.kind };
      const written = await record(parts, "notifier-tested", asker, null, null, data);
      if (!written.ok) return notRecorded(written);
      const delivery = testDelivery(parts, name);
      await book.commit([{ kind: "tell", delivery, told: [] }]);
      await dispatch.send(delivery);
      engine.show();
      return { kind: "ok", value: viewDelivery(book.model().deliveries.get(delivery.id) ?? delivery, []) };
    },
  };
}

const refused = (code: AlertRefusal["code"], detail: string): AlertRefusal => ({ kind: "refused", code, detail });

const notRecorded = ({ failure }: Extract<Stored<unknown>, { ok: false }>): AlertRefusal =>
  refused("store-failed", `It could not be written down who asks for it (${failure.kind}), so it is not done.`);

/** Who does what, before it is done. */
function record(
  { audit, now }: DeskParts,
  kind: AuditKind,
  { name, role, from }: AlertAsker,
  scope: string | null,
  reason: string | null,
  data: Readonly<Record<string, unknown>>,
) {
  const nothing = { action: null, operationId: null, planId: null };
  return audit.append({ kind, scope, actor: name, role, from, reason, data, ...nothing }, now());
}

/** What this dashboard itself knows of, while the store cannot be asked. */
function known(book: Book, { scope, since, resolved, limit }: AlertQuery): AlertRecord[] {
  return [...book.model().alerts.values()]
    .filter((one) => scope === null || one.scope === scope)
    .filter(({ resolvedAt }) => resolved === null || (resolvedAt !== null) === resolved)
    .filter(
      ({ firedAt, resolvedAt }) => since === null || resolvedAt === null || Math.max(firedAt, resolvedAt) >= since,
    )
    .sort((a, b) => b.firedAt - a.firedAt)
    .slice(0, limit);
}

async function readOne(store: Store, id: string): Promise<AlertRecord | null> {
  const found = await store.read((db) => readAlerts(db, { ...EVERY_ALERT, id }));
  return found.ok ? (found.value[0] ?? null) : null;
}

const EVERY_ALERT: AlertQuery = { scope: null, since: null, resolved: null, limit: 1 };

async function readSilence(store: Store, book: Book, id: string): Promise<Silence | null> {
  const here = book.model().silences.get(id);
  if (here) return here;
  const stored = await store.read((db) => readSilences(db, 0));
  return stored.ok ? (stored.value.find((one) => one.id === id) ?? null) : null;
}

const SILENCE_MAX_MS = 90 * 86_400_000;
/** A window may have begun a while ago: somebody was quicker with the work than with the form. */
const BACKDATED_MAX_MS = 86_400_000;

function wrongTime({ from, until }: SilenceRequest, now: EpochMs): AlertRefusal | null {
  if (until <= now) return refused("bad-request", "until: expected a time that is still to come.");
  if (until <= from) return refused("bad-request", "until: expected a time after `from`.");
  if (until - from > SILENCE_MAX_MS) return refused("bad-request", "until: expected at most 90 days after `from`.");
  if (now - from > BACKDATED_MAX_MS)
    return refused("bad-request", "from: expected a time within the last day, or to come.");
  return null;
}

const silenceOf = (asker: AlertAsker, request: SilenceRequest, id: string): Silence => ({
  id,
  kind: request.kind,
  scope: request.scope,
  match: request.match,
  owner: asker.name,
  reason: request.reason,
  from: instant(request.from),
  until: instant(request.until),
  ended: null,
});

/** It is claimed from the start, so that nobody else sends it. */
const testDelivery = ({ boot, now, newId }: DeskParts, notifier: string): DeliveryRecord => ({
  id: newId(),
  notifier,
  about: "test",
  state: "waiting",
  attempts: 0,
  error: null,
  createdAt: now(),
  lastTriedAt: null,
  nextTryAt: null,
  deliveredAt: null,
  lease: { by: boot, until: now() + TEST_LEASE_MS },
  body: "[]",
});

function statusOf(book: Book, config: AlertsConfig["notifiers"][number]): NotifierStatus {
  const { name, kind, language, severities, clusters, environments } = config;
  const model = book.model();
  const [last] = [...model.deliveries.values()]
    .filter((one) => one.notifier === name && one.lastTriedAt !== null)
    .sort((a, b) => (b.lastTriedAt ?? 0) - (a.lastTriedAt ?? 0));
  const alertIds = model.told.flatMap(({ deliveryId, alertId }) => (deliveryId === last?.id ? [alertId] : []));
  const lastDelivery = last ? viewDelivery(last, alertIds) : null;
  const failing = failingNotifiers(model).includes(name);
  return { name, kind, language, severities, clusters, environments, lastDelivery, failing };
}
