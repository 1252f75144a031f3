import type { StoredEvent } from "@/lib/domain/events/event";
import type { Instant } from "@/lib/domain/ids";
import type { Incident, Milestone } from "@/lib/domain/incident/incident";
import type { Locale } from "@/lib/format/locale";
import { createT, messageText, type Translate } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const CATALOGUES = { en, ru } as const;

/** An incident as a report to read and to keep: Markdown, every time in UTC to the millisecond. */
export function incidentMarkdown(
  { incident, events }: { readonly incident: Incident; readonly events: readonly StoredEvent[] },
  cluster: string,
  locale: Locale,
): string {
  const t = createT(locale, CATALOGUES[locale]);
  const { from, to } = incident.window;
  const parts = [
    `# ${plain(t("incident.title", { cluster }))}`,
    `${t("incident.window")}: ${t("incident.from", { from: dateTime(from), to: dateTime(to) })}. ${t("incident.made")}`,
    `## ${t("incident.summary")}`,
    summary(t, incident),
    ...section(t, "incident.before", milestones(t, incident.prelude)),
    ...section(t, "incident.phases", phases(t, incident)),
    ...section(t, "incident.aftermath", milestones(t, incident.aftermath)),
    ...section(t, "incident.gaps", gaps(t, incident)),
    ...section(t, "incident.sentences", said(t, incident)),
    ...section(t, "incident.events", told(t, events)),
    ...section(t, "incident.holes", holes(t, incident)),
  ];
  return `${parts.join("\n\n")}\n`;
}

const section = (t: Translate, key: string, body: string | null): string[] =>
  body === null ? [] : [`## ${t(key)}`, body];

/** `2026-11-21 03:00:00.123`; a report is compared with logs, so times are not worded. */
const dateTime = (at: Instant): string => at.replace("T", " ").replace("Z", "");
const clock = (at: Instant): string => at.slice(11, 23);
const seconds = (ms: number): { seconds: number } => ({ seconds: ms / 1000 });

/** Names come from the cluster: none may break out of its line or its cell. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, " ").replace(/[\\|`*_<>[\]]/g, "\\$&");

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: string[][]): string | null =>
  rows.length === 0
    ? null
    : [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");

function summary(t: Translate, { kind, outage, before, after }: Incident): string {
  const lines = [`**${t(`incident.kind.${kind}`)}**`];
  if (!outage) lines.push(t("incident.noOutage"));
  else if (outage.endedAt) {
    const span = { from: clock(outage.startedAt), to: clock(outage.endedAt) };
    lines.push(t("incident.outage", { ...seconds(outage.lengthMs), ...span }));
  } else lines.push(t("incident.outageOpen", { from: dateTime(outage.startedAt) }));
  if (outage) lines.push(t(`incident.basis.${outage.basis}`));
  lines.push(plain(leaderLine(t, before.leader, after.leader)));
  if (before.timeline !== null && after.timeline !== null && before.timeline !== after.timeline) {
    lines.push(t("incident.timeline", { before: before.timeline, after: after.timeline }));
  }
  return lines.map((line) => `- ${line}`).join("\n");
}

function leaderLine(t: Translate, before: string | null, after: string | null): string {
  if (before === null || after === null) return t("incident.leaderUnknown");
  return before === after ? t("incident.leaderSame", { leader: after }) : t("incident.leader", { before, after });
}

function phases(t: Translate, { phases: all, outage }: Incident): string | null {
  const length = (ms: number) => t("incident.seconds", seconds(ms));
  const head = ["phase", "begins", "ends", "length", "evidence"].map((key) => t(`incident.${key}`));
  const rows = all.map(({ id, from, to, lengthMs, evidence }) => [
    t(`incident.until.${id}`),
    clock(from),
    clock(to),
    length(lengthMs),
    plain(messageText(t, evidence)),
  ]);
  const sum = all.reduce((total, phase) => total + phase.lengthMs, 0);
  const last = outage?.endedAt ? [[`**${t("incident.sum")}**`, "", "", `**${length(sum)}**`, ""]] : [];
  return table(head, rows.length > 0 ? [...rows, ...last] : []);
}

const milestones = (t: Translate, all: readonly Milestone[]): string | null =>
  table(
    [t("incident.time"), t("incident.text")],
    all.map(({ at, text }) => [clock(at), plain(messageText(t, text))]),
  );

function gaps(t: Translate, { gaps: all }: Incident): string | null {
  const rows = all.map(({ startedAt, endedAt, attempts }) => {
    if (endedAt === null) return [dateTime(startedAt), t("incident.gapOpen", { attempts })];
    const length = seconds(Date.parse(endedAt) - Date.parse(startedAt));
    return [dateTime(startedAt), t("incident.gap", { ...length, attempts })];
  });
  return table([t("incident.time"), t("incident.length")], rows);
}

const said = (t: Translate, { sentences }: Incident): string | null =>
  table(
    [t("incident.time"), t("incident.text")],
    sentences.map(({ at, message }) => [clock(at), plain(messageText(t, message))]),
  );

const told = (t: Translate, events: readonly StoredEvent[]): string | null =>
  table(
    [t("incident.time"), t("incident.text")],
    events.map(({ at, text }) => [clock(at), plain(messageText(t, text))]),
  );

const holes = (t: Translate, { holes: all }: Incident): string | null =>
  all.length === 0
    ? null
    : all.map(({ from, to }) => `- ${t("incident.hole", { from: dateTime(from), to: dateTime(to) })}`).join("\n");
