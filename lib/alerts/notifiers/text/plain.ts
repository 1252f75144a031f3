import type { AlertText, NoticeText } from "./compose";

/** A notice as plain text, for mails. */
export function plainNotice(notice: NoticeText): string {
  const link = notice.link === null ? [] : [`${notice.link.label}: ${notice.link.url}`];
  const blocks = [notice.lead, ...notice.alerts.map(plainAlert), ["-- ", notice.footer, ...link].join("\n")];
  return `${blocks.join("\n\n")}\n`;
}

function plainAlert({ word, cluster, title, text, facts, advice, follows, url }: AlertText): string {
  const lines = [
    `${word} · ${cluster}`,
    title,
    ...(text === title ? [] : [text]),
    "",
    ...facts.map(({ label, text: value }) => `${label}: ${value}`),
    ...advice.flatMap(({ label, text: value }) => ["", `${label}:`, value]),
    ...(follows === null ? [] : ["", `${follows.label}:`, ...follows.texts.map((one) => `  - ${one}`)]),
    ...(url === null ? [] : ["", url]),
  ];
  return lines.join("\n");
}
