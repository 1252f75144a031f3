import type { Locale } from "@/lib/format/locale";
import type { AlertText, NoticeText } from "./compose";
import { fitNotice } from "./fit";
import { COLOUR, SIGN } from "./marks";
import { translatorOf } from "./translator";

/** Mattermost takes 16383 characters by default, and shows long ones folded; Slack takes more. */
const CHARS_MAX = 12_000;

/** `<`, `>` and `&` are all of Slack's markup that a text can break out of; an @ would call people in Mattermost. */
const safe = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=\w)/g, "@\u200b");

const linked = (url: string | null, text: string): string => (url === null ? safe(text) : `<${url}|${safe(text)}>`);

/** The body of an incoming webhook: one attachment an alert, in the colour of its severity; Mattermost reads the same. */
export function slackBody(notice: NoticeText, language: Locale): string {
  return fitNotice(notice, (form, left) => JSON.stringify(bodyOf(form, left, language)), CHARS_MAX);
}

function bodyOf({ subject, lead, alerts, link, footer }: NoticeText, left: number, language: Locale) {
  const more = left === 0 ? "" : ` ${safe(translatorOf(language)("notice.more", { count: left }))}`;
  const end = link === null ? safe(footer) : linked(link.url, link.label);
  return {
    text: `${safe(alerts.length === 1 ? subject : lead)}${more}\n${end}`,
    attachments: alerts.map((alert) => ({
      color: COLOUR[alert.mark],
      fallback: `${alert.word} · ${alert.cluster}: ${alert.title}`,
      mrkdwn_in: ["text"],
      text: drawAlert(alert),
    })),
  };
}

function drawAlert({ mark, word, cluster, title, text, facts, advice, follows, url }: AlertText): string {
  const pairs = [...facts, ...advice].map(({ label, text: value }) => `_${safe(label)}:_ ${safe(value)}`);
  return [
    `${SIGN[mark]} *${safe(word)} · ${safe(cluster)}*`,
    `*${linked(url, title)}*`,
    ...(text === title ? [] : [safe(text)]),
    ...pairs,
    ...(follows === null ? [] : [`_${safe(follows.label)}:_`, ...follows.texts.map((one) => `• ${safe(one)}`)]),
  ].join("\n");
}
