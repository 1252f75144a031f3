import type { Locale } from "@/lib/format/locale";
import type { AlertText, NoticeText } from "./compose";
import { escapeHtml as safe } from "./escape";
import { fitNotice } from "./fit";
import { SIGN } from "./marks";
import { translatorOf } from "./translator";

/** Of a message after its markup was read; ours is shorter with it. */
export const TELEGRAM_CHARS_MAX = 4_096;

/** A notice in the HTML that Telegram knows: b, i, a, and entities for < > & and quotes. */
export function telegramHtml(notice: NoticeText, language: Locale): string {
  return fitNotice(notice, (form, left) => draw(form, left, language), TELEGRAM_CHARS_MAX);
}

function draw({ lead, alerts, link, footer }: NoticeText, left: number, language: Locale): string {
  const more = left === 0 ? [] : [safe(translatorOf(language)("notice.more", { count: left }))];
  const all = link === null ? safe(footer) : `<a href="${safe(link.url)}">${safe(link.label)}</a>`;
  return [...(alerts.length === 1 ? [] : [safe(lead)]), ...alerts.map(drawAlert), ...more, all].join("\n\n");
}

function drawAlert({ mark, word, cluster, title, text, facts, advice, follows, url }: AlertText): string {
  const head = url === null ? safe(title) : `<a href="${safe(url)}">${safe(title)}</a>`;
  const pairs = [...facts, ...advice].map(({ label, text: value }) => `<i>${safe(label)}:</i> ${safe(value)}`);
  return [
    `${SIGN[mark]} <b>${safe(word)} · ${safe(cluster)}</b>`,
    `<b>${head}</b>`,
    ...(text === title ? [] : [safe(text)]),
    ...pairs,
    ...(follows === null ? [] : [`<i>${safe(follows.label)}:</i>`, ...follows.texts.map((one) => `• ${safe(one)}`)]),
  ].join("\n");
}
