import type { Alert } from "@/lib/domain/alerts/types";
import type { Severity } from "@/lib/domain/findings/finding";
import { RANK } from "@/lib/domain/findings/rank";
import type { Message } from "@/lib/domain/message";
import { formatDuration } from "@/lib/format/duration";
import { messageText, type Translate } from "@/lib/format/message";
import { formatDateTime } from "@/lib/format/time";
import type { Notice, NoticeAlert, NoticeCluster } from "../types";
import { translatorOf } from "./translator";

/** What a notice says, before it is drawn as a mail, a chat's message … Each alert is a paragraph of the same parts. */
export type NoticeText = {
  /** One line: how bad, where, what. */
  readonly subject: string;
  /** One sentence above the alerts. */
  readonly lead: string;
  readonly alerts: readonly AlertText[];
  readonly link: { readonly label: string; readonly url: string } | null;
  readonly footer: string;
};

export type Mark = Severity | "resolved" | "test";

export type AlertText = {
  readonly mark: Mark;
  /** `mark` as a word. */
  readonly word: string;
  readonly cluster: string;
  readonly title: string;
  readonly text: string;
  /** Times, how often it came and went, who acknowledged it. */
  readonly facts: readonly Labelled[];
  /** What it means, and what to do. */
  readonly advice: readonly Labelled[];
  readonly follows: { readonly label: string; readonly texts: readonly string[] } | null;
  readonly url: string | null;
};

export type Labelled = { readonly label: string; readonly text: string };

const SUBJECT_CHARS_MAX = 180;
const TEXT_CHARS_MAX = 1_500;
const FOLLOWS_MAX = 8;

export function composeNotice(notice: Notice): NoticeText {
  const t = translatorOf(notice.language);
  const alerts = [...notice.alerts].sort((a, b) => RANK[a.alert.severity] - RANK[b.alert.severity]);
  const { about } = notice;
  return {
    subject: cut(subjectOf(t, about, alerts), SUBJECT_CHARS_MAX),
    lead: t(`notice.lead.${about}`, { count: alerts.length }),
    alerts: alerts.map((one) => alertText(t, notice, one)),
    link: notice.url === null ? null : { label: t("notice.all"), url: notice.url },
    footer: t("notice.footer", { at: moment(t, notice.at), id: notice.id }),
  };
}

function subjectOf(t: Translate, about: Notice["about"], alerts: readonly NoticeAlert[]): string {
  const [first] = alerts;
  if (!first || about === "test") return t("notice.subject.test");
  const clusters = [...new Set(alerts.map(({ cluster }) => cluster.title))];
  const word = about === "resolved" ? t("notice.mark.resolved") : t(`notice.mark.${first.alert.severity}`);
  const values = { word, cluster: clusters.join(", "), text: titleOf(t, first.alert), more: alerts.length - 1 };
  return t(about === "reminder" ? "notice.subject.reminder" : "notice.subject.alerts", values);
}

function alertText(t: Translate, notice: Notice, { alert, cluster, follows, url }: NoticeAlert): AlertText {
  const over = notice.about === "resolved";
  const mark: Mark = over ? "resolved" : alert.severity;
  const texts = follows.slice(0, FOLLOWS_MAX).map(({ text }) => said(t, text));
  const rest = follows.length - texts.length;
  return {
    mark,
    word: t(`notice.mark.${mark}`),
    cluster: nameOf(cluster),
    title: titleOf(t, alert),
    text: cut(said(t, alert.text), TEXT_CHARS_MAX),
    facts: factsOf(t, notice, alert),
    advice: over ? [] : adviceOf(t, alert),
    follows:
      texts.length === 0
        ? null
        : { label: t("notice.follows"), texts: rest > 0 ? [...texts, t("notice.more", { count: rest })] : texts },
    url,
  };
}

function factsOf(t: Translate, { about, at }: Notice, alert: Alert): Labelled[] {
  const { startedAt, resolvedAt, flaps, acknowledged } = alert;
  const since = moment(t, startedAt);
  const endMs = resolvedAt === null ? Date.parse(at) : Date.parse(resolvedAt);
  const facts = [{ label: t("notice.since"), text: since }];
  if (about === "resolved" && resolvedAt !== null) facts.push({ label: t("notice.over"), text: moment(t, resolvedAt) });
  if (about !== "firing") {
    facts.push({
      label: t(resolvedAt === null ? "notice.lasts" : "notice.lasted"),
      text: formatDuration(t, endMs - Date.parse(startedAt)),
    });
  }
  if (flaps > 0) facts.push({ label: t("notice.flaps"), text: t("notice.times", { count: flaps }) });
  if (acknowledged) {
    const note = `${acknowledged.by}: ${acknowledged.note}`;
    facts.push({ label: t("notice.acknowledged"), text: cut(note, TEXT_CHARS_MAX) });
  }
  return facts;
}

function adviceOf(t: Translate, { rule, text }: Alert): Labelled[] {
  return (["means", "do"] as const).flatMap((part) => {
    const words = known(t, `finding.${rule}.${part}`, text.params);
    return words === null ? [] : [{ label: t(`notice.${part}`), text: cut(words, TEXT_CHARS_MAX) }];
  });
}

const titleOf = (t: Translate, { rule, text }: Alert): string =>
  known(t, `finding.${rule}.title`, text.params) ?? said(t, text);

/** Null for a text that does not exist, or cannot be filled in: a rule of a newer dashboard that shares our store. */
export function known(t: Translate, key: string, params: Message["params"]): string | null {
  const words = t.has(key) ? t(key, params) : key;
  return words === key ? null : words;
}

const said = (t: Translate, text: Message): string => messageText(t, text);

function nameOf({ title, scope, environment }: NoticeCluster): string {
  const more = [...(title === scope ? [] : [scope]), ...(environment === null ? [] : [environment])];
  return more.length === 0 ? title : `${title} (${more.join(", ")})`;
}

/** Receivers may be anywhere, so times are told in UTC and say so. */
const moment = (t: Translate, iso: string): string => `${formatDateTime(t.locale, iso, "UTC") ?? iso} UTC`;

/** One line or several; never in the middle of a character that takes two. */
export function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const chars = [...text];
  return chars.length > charsMax ? `${chars.slice(0, charsMax - 1).join("")}…` : text;
}
