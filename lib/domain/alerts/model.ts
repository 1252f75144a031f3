import type { Finding, Severity } from "../findings/finding";
import type { ClusterScope, EpochMs } from "../ids";
import type { Message } from "../message";
import type { Acknowledgement, Delivery, Silence } from "./types";

/** What dashboards that share a store share of alerts. Plain JSON; times in epoch ms. */

/** One episode of one finding that was called an alert. */
export type AlertRecord = {
  readonly id: string;
  readonly scope: ClusterScope;
  readonly findingId: string;
  readonly rule: string;
  /** The worst so far. */
  readonly severity: Severity;
  readonly subject: string;
  readonly text: Message;
  /** Sources that it rests on: while one of them says nothing, that it is gone cannot be told. */
  readonly sourceIds: readonly string[];
  readonly startedAt: EpochMs;
  readonly firedAt: EpochMs;
  /** When any dashboard last saw its finding. */
  readonly seenAt: EpochMs;
  readonly resolvedAt: EpochMs | null;
  readonly flaps: number;
  readonly acknowledged: Acknowledgement | null;
  /** It is over, and everybody who was told of it was told so. */
  readonly settled: boolean;
};

/** What somebody is told of once: `firing:<severity>`, `reminder:<n>`, `resolved`. */
export type Stage = `firing:${Severity}` | `reminder:${number}` | "resolved";

/** That a notifier tells its receivers of one stage of one alert is one delivery's business, and no other's. */
export type Told = {
  readonly alertId: string;
  readonly notifier: string;
  readonly stage: Stage;
  readonly deliveryId: string;
  readonly at: EpochMs;
};

export type DeliveryRecord = {
  readonly id: string;
  readonly notifier: string;
  readonly about: Delivery["about"];
  readonly state: Delivery["state"];
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: EpochMs;
  readonly lastTriedAt: EpochMs | null;
  readonly nextTryAt: EpochMs | null;
  readonly deliveredAt: EpochMs | null;
  /** Who sends it now, and until when nobody else may. */
  readonly lease: { readonly by: string; readonly until: EpochMs } | null;
  /** JSON of what is told, alert by alert; what another delivery tells already is left out when it is sent. */
  readonly body: string;
};

export type AlertModel = {
  /** Those that are open or not settled, by id. */
  readonly alerts: ReadonlyMap<string, AlertRecord>;
  /** Of those alerts. */
  readonly told: readonly Told[];
  /** Those that wait, and the last ones that were tried. */
  readonly deliveries: ReadonlyMap<string, DeliveryRecord>;
  /** In force or to come. */
  readonly silences: ReadonlyMap<string, Silence>;
};

export const EMPTY_MODEL: AlertModel = {
  alerts: new Map(),
  told: [],
  deliveries: new Map(),
  silences: new Map(),
};

/** The open alert of a finding; there is at most one. */
export function openAlertOf(model: AlertModel, scope: string, findingId: Finding["id"]): AlertRecord | null {
  for (const alert of model.alerts.values()) {
    if (alert.resolvedAt === null && alert.findingId === findingId && alert.scope === scope) return alert;
  }
  return null;
}
