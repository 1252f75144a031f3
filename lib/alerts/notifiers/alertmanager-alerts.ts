import { messageText } from "@/lib/format/message";
import { known } from "./text/compose";
import { translatorOf } from "./text/translator";
import type { Notice, NoticeAlert } from "./types";

/** Alertmanager wants firing alerts again and again; Prometheus sends them each minute unless told otherwise. */
export const REFRESH_MS = 60_000;
/** As Prometheus does: a firing alert that is not told again for four times as long is over, even if we died. */
const LIVES_MS = 4 * REFRESH_MS;
const TEST_LIVES_MS = 60_000;

/** What Alertmanager's API v2 takes (`postableAlert`). Labels are an alert's identity there: the same ones end it. */
export type PostableAlert = {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
};

/** A notice in Alertmanager's words, at `nowMs`. Labels come from rules, members and pools alone, never from queries or users. */
export function alertmanagerAlerts(notice: Notice, nowMs: number): PostableAlert[] {
  if (notice.about === "test") return [testAlert(notice, nowMs)];
  return notice.alerts.map((one) => postable(notice, one, nowMs));
}

function postable({ about, language }: Notice, { alert, cluster, follows, url }: NoticeAlert, nowMs: number) {
  const t = translatorOf(language);
  const { rule, findingId, scope, subject, severity, text, startedAt, resolvedAt } = alert;
  const startMs = Date.parse(startedAt);
  const over = about === "resolved" ? Date.parse(resolvedAt ?? "") || nowMs : null;
  const endMs = over === null ? nowMs + LIVES_MS : Math.min(over, nowMs);
  const title = known(t, `finding.${rule}.title`, text.params);
  const annotations = {
    summary: title ?? messageText(t, text),
    description: messageText(t, text),
    means: known(t, `finding.${rule}.means`, text.params),
    do: known(t, `finding.${rule}.do`, text.params),
    follows: follows.length === 0 ? null : follows.map((one) => messageText(t, one.text)).join("\n"),
  };
  return {
    labels: {
      alertname: rule,
      scope,
      cluster: cluster.title,
      ...(cluster.environment === null ? {} : { environment: cluster.environment }),
      subject,
      // One rule may find several things of one subject: without it the end of one would be the end of all.
      finding: findingId,
      severity,
    },
    annotations: Object.fromEntries(Object.entries(annotations).filter(isText)),
    startsAt: startedAt,
    // An alert that ends before it starts is refused, and with it all that came in the same request.
    endsAt: new Date(Math.max(startMs, endMs)).toISOString(),
    ...(url === null ? {} : { generatorURL: url }),
  };
}

const isText = (entry: [string, string | null]): entry is [string, string] => entry[1] !== null;

function testAlert({ language, id, url }: Notice, nowMs: number): PostableAlert {
  const t = translatorOf(language);
  return {
    labels: { alertname: "matriarch-test", severity: "info" },
    annotations: { summary: t("notice.subject.test"), description: t("notice.lead.test"), delivery: id },
    startsAt: new Date(nowMs).toISOString(),
    endsAt: new Date(nowMs + TEST_LIVES_MS).toISOString(),
    ...(url === null ? {} : { generatorURL: url }),
  };
}
