import type { NotifierKind } from "@/lib/config/types";
import type { Alert, Delivery } from "@/lib/domain/alerts/types";
import type { Severity } from "@/lib/domain/findings/finding";
import type { ClusterScope, Instant } from "@/lib/domain/ids";
import type { Message } from "@/lib/domain/message";
import type { Locale } from "@/lib/format/locale";

/** How people are told. A notifier sends one message, once; batching, repeating, deduplication and the record are the engine's. */

export type NoticeCluster = {
  readonly scope: ClusterScope;
  readonly title: string;
  readonly environment: string | null;
};

/** One alert as it was when its message was put together; sent again, it says the same. */
export type NoticeAlert = {
  readonly alert: Alert;
  readonly cluster: NoticeCluster;
  /** What follows from it in the same picture, worst first; empty for one that is over. */
  readonly follows: readonly { readonly rule: string; readonly severity: Severity; readonly text: Message }[];
  /** Page of the cluster's findings; null without `server.publicUrl`. */
  readonly url: string | null;
};

export type Notice = {
  /** Of the delivery: the same at each attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly about: Delivery["about"];
  readonly language: Locale;
  /** When it was put together. */
  readonly at: Instant;
  /** Worst first; empty for `test` alone. They may be of several clusters. */
  readonly alerts: readonly NoticeAlert[];
  /** Page of the alerts; null without `server.publicUrl`. */
  readonly url: string | null;
};

/** `text`: the receiver's own words, short, without a secret (addresses of Telegram, Slack and webhooks are secrets). */
export type SendResult =
  | {
      readonly kind: "sent";
      /** What is still to be known of it: a receiver of several that did not take it. Without a secret. */
      readonly remark?: string;
    }
  | {
      readonly kind: "failed";
      readonly text: string;
      /** False where the same message would be refused again: a wrong token, an address that is not there. */
      readonly retry: boolean;
      /** The receiver asked to be left alone for so long (`Retry-After`), in ms. */
      readonly retryAfterMs?: number;
    };

export type Send = (notice: Notice, signal: AbortSignal) => Promise<SendResult>;

/**
 * What each kind gives: `smtp.ts` exports `smtpSender(config)`, `telegram.ts` `telegramSender`, `slack.ts` `slackSender`, `webhook.ts`
 * `webhookSender`, `alertmanager.ts` `alertmanagerSender`. `create.ts` makes a {@link Notifier} of them.
 */
export type Sender = {
  /** Never throws, never repeats. `signal` ends it at the notifier's time-out and when the process goes. */
  readonly send: Send;
  /** A receiver that forgets what it is not told again (Alertmanager) is told of firing alerts so often, in ms. */
  readonly refreshMs?: number;
};

export type Notifier = {
  readonly name: string;
  readonly kind: NotifierKind;
  readonly language: Locale;
  /** Limit of one attempt, in ms. */
  readonly timeoutMs: number;
  readonly refreshMs: number | null;
  /** Whether its receivers want to hear of such alerts at all. */
  wants(alert: Pick<Alert, "severity" | "scope">, environment: string | null): boolean;
  readonly send: Send;
};
