import type { NoticeBody } from "@/lib/contract/notice";
import { messageText } from "@/lib/format/message";
import type { Notice, NoticeAlert } from "../types";
import { composeNotice, known } from "./compose";
import { translatorOf } from "./translator";

/** A notice as data, with its texts in the receiver's language. */
export function webhookBody(notice: Notice): NoticeBody {
  const { id, about, at, language, url, alerts } = notice;
  return {
    version: 1,
    id,
    about,
    at,
    language,
    subject: composeNotice(notice).subject,
    alerts: alerts.map((one) => alertBody(notice, one)),
    url,
  };
}

function alertBody({ language }: Notice, { alert, cluster, follows, url }: NoticeAlert): NoticeBody["alerts"][number] {
  const t = translatorOf(language);
  const { id, scope, findingId, rule, severity, subject, state, text, acknowledged, flaps } = alert;
  const { startedAt, firedAt, resolvedAt } = alert;
  return {
    id,
    scope,
    title: cluster.title,
    environment: cluster.environment,
    findingId,
    rule,
    severity,
    subject,
    state,
    text: messageText(t, text),
    means: known(t, `finding.${rule}.means`, text.params),
    do: known(t, `finding.${rule}.do`, text.params),
    startedAt,
    firedAt,
    resolvedAt,
    flaps,
    acknowledged: acknowledged === null ? null : { ...acknowledged },
    follows: follows.map((one) => ({ rule: one.rule, severity: one.severity, text: messageText(t, one.text) })),
    url,
  };
}
