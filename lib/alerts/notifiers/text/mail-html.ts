import type { AlertText, NoticeText } from "./compose";
import { escapeHtml } from "./escape";
import { COLOUR } from "./marks";

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:14px;line-height:1.45";
const QUIET = "color:#52525b";

/** A notice as a simple page: styles in place, no image, nothing from elsewhere, as mail programs have it. */
export function mailHtml(notice: NoticeText): string {
  const link =
    notice.link === null ? "" : ` · <a href="${escapeHtml(notice.link.url)}">${escapeHtml(notice.link.label)}</a>`;
  return [
    `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(notice.subject)}</title></head>`,
    `<body style="margin:0;padding:16px;color:#18181b;${FONT}">`,
    `<p style="margin:0 0 16px">${escapeHtml(notice.lead)}</p>`,
    ...notice.alerts.map(alertHtml),
    `<p style="margin:16px 0 0;${QUIET}">${escapeHtml(notice.footer)}${link}</p>`,
    "</body></html>",
  ].join("\n");
}

function alertHtml({ mark, word, cluster, title, text, facts, advice, follows, url }: AlertText): string {
  const head = escapeHtml(title);
  const linked = url === null ? head : `<a href="${escapeHtml(url)}" style="color:inherit">${head}</a>`;
  return [
    `<div style="margin:0 0 16px;padding:4px 0 4px 12px;border-left:4px solid ${COLOUR[mark]}">`,
    `<div style="color:${COLOUR[mark]};font-weight:600">${escapeHtml(word)} · ${escapeHtml(cluster)}</div>`,
    `<div style="font-size:16px;font-weight:600">${linked}</div>`,
    ...(text === title ? [] : [`<div>${lines(text)}</div>`]),
    ...facts.map(
      ({ label, text: value }) => `<div><span style="${QUIET}">${escapeHtml(label)}:</span> ${escapeHtml(value)}</div>`,
    ),
    ...advice.map(
      ({ label, text: value }) =>
        `<div style="margin-top:8px"><span style="${QUIET}">${escapeHtml(label)}:</span><br>${lines(value)}</div>`,
    ),
    ...(follows === null
      ? []
      : [
          `<div style="margin-top:8px;${QUIET}">${escapeHtml(follows.label)}:</div>`,
          `<ul style="margin:0;padding-left:20px">${follows.texts.map((one) => `<li>${escapeHtml(one)}</li>`).join("")}</ul>`,
        ]),
    "</div>",
  ].join("\n");
}

const lines = (text: string): string => escapeHtml(text).replaceAll("\n", "<br>");
