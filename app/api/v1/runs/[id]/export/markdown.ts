import type { Instant } from "@/lib/domain/ids";
import type { Message } from "@/lib/domain/message";
import { OPEN_RUN_STATES, type Run, type RunEntry, type StepStanding } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Locale } from "@/lib/format/locale";
import { createT, messageText, type Translate } from "@/lib/format/message";
import type { RunWhole } from "@/lib/runbooks/types";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const CATALOGUES = { en, ru } as const;

/**
 * The record of a run as a report to read and to keep: Markdown, every time in UTC. `meanwhile`: the report of what happened on the cluster
 * in that time; null where none could be made.
 */
export function runMarkdown(whole: RunWhole, cluster: string, locale: Locale, meanwhile: string | null): string {
  const { run, runbook, entries } = whole;
  const t = createT(locale, CATALOGUES[locale]);
  const parts = [
    `# ${plain(t("runs.export.title", { runbook: runbook.title[locale], cluster }))}`,
    t("runs.export.made"),
    list([...head(t, run, runbook), ...measured(t, whole)]),
    `## ${t("runs.export.steps")}`,
    table(
      ["step", "standing", "by", "from", "to"].map((key) => t(`runs.export.${key}`)),
      steps(t, run, runbook, locale),
    ),
    `## ${t("runs.export.entries")}`,
    table(
      ["time", "by", "what"].map((key) => t(`runs.export.${key}`)),
      entries.map((one) => told(t, one, runbook, locale)),
    ),
    ...(meanwhile === null ? [] : [`## ${t("runs.export.meanwhile")}`, deeper(meanwhile)]),
  ];
  return `${parts.join("\n\n").trim()}\n`;
}

/** Names and notes come from people: none may break out of its line or its cell. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, " ").replace(/[\\|`*_<>[\]]/g, "\\$&");
const list = (lines: readonly string[]): string => lines.map((line) => `- ${plain(line)}`).join("\n");
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => "---")), ...rows.map((cells) => row(cells.map(plain)))].join("\n");

/** A report within a report: its headings two levels further down. */
const deeper = (markdown: string): string => markdown.trim().replace(/^#/gm, "###");

/** `2026-11-21 03:00:00.123`; a report is compared with logs, so times are not worded. */
const dateTime = (at: Instant | null): string => at?.replace("T", " ").replace("Z", "") ?? "";
const seconds = (ms: number): number => Math.round(ms / 1_000);

function head(t: Translate, run: Run, runbook: Runbook): string[] {
  const { id, startedAt, endedAt, pausedMs, inputs, override } = run;
  const given = Object.entries(inputs).map(([name, value]) => `${name} = ${value}`);
  return [
    t("runs.export.run", { id, runbook: runbook.id, digest: run.digest.slice(0, 12) }),
    t("runs.export.state", { state: run.state }),
    t("runs.export.begun", { by: run.startedBy, at: dateTime(startedAt) }),
    endedAt === null
      ? t("runs.export.notEnded")
      : t("runs.export.ended", {
          at: dateTime(endedAt),
          seconds: seconds(Date.parse(endedAt) - Date.parse(startedAt)),
        }),
    ...(pausedMs > 0 ? [t("runs.export.paused", { seconds: seconds(pausedMs) })] : []),
    t("runs.export.carrier", { carrier: run.carrier }),
    ...(run.joined.length > 1 ? [t("runs.export.joined", { names: run.joined.join(", ") })] : []),
    ...(given.length > 0 ? [`${t("runs.export.inputs")}: ${given.join(", ")}`] : []),
    ...(override ? [t("runs.export.override", override)] : []),
  ];
}

function measured(t: Translate, { measured: seen, proof }: RunWhole): string[] {
  if (!seen) return [];
  const gap =
    seen.gapMs === null ? t("runs.export.noGap") : t("runs.export.gap", { seconds: Math.round(seen.gapMs / 10) / 100 });
  return [`${t("runs.export.measured")}: ${gap}`, ...(proof ? [t("runs.export.proof", { proof })] : [])];
}

const steps = (t: Translate, run: Run, runbook: Runbook, locale: Locale): string[][] =>
  run.steps.map(({ stepId, state, by, chosen, startedAt, endedAt, untrueSince }) => [
    titleOf(runbook, stepId, locale),
    [t(`runs.step.${wordOf(run, state, untrueSince)}`), labelOf(runbook, stepId, chosen, locale)]
      .filter(Boolean)
      .join(": "),
    by ?? (endedAt === null ? "" : t("runs.export.itself")),
    dateTime(startedAt),
    dateTime(endedAt),
  ]);

/** A step that was current when the run was abandoned has nobody at it any more. */
function wordOf(run: Run, state: StepStanding["state"], untrueSince: Instant | null): string {
  if (untrueSince !== null) return "untrue";
  return state === "current" && !OPEN_RUN_STATES.has(run.state) ? "given-up" : state;
}

function told(t: Translate, entry: RunEntry, runbook: Runbook, locale: Locale): string[] {
  const { at, by, kind, stepId, note, text, operationId } = entry;
  const said = kind === "chosen" ? labelOf(runbook, stepId, note, locale) : note;
  const what = [
    stepId === null ? null : titleOf(runbook, stepId, locale),
    t(`runs.said.${kind}`),
    text && itself(t, text, runbook, locale),
    said,
    operationId && t("runs.export.operation", { id: operationId }),
  ];
  return [dateTime(at), by ?? t("runs.export.itself"), what.filter(Boolean).join(": ")];
}

/** What the run says of itself; a step stands in it by its title. */
function itself(t: Translate, text: Message, runbook: Runbook, locale: Locale): string {
  const { step } = text.params;
  return typeof step === "string"
    ? t(text.key, { ...text.params, step: `«${titleOf(runbook, step, locale)}»` })
    : messageText(t, text);
}

const titleOf = ({ steps: all }: Runbook, stepId: string, locale: Locale): string =>
  all.find(({ id }) => id === stepId)?.title[locale] ?? stepId;

function labelOf({ steps: all }: Runbook, stepId: string | null, option: string | null, locale: Locale): string | null {
  const step = all.find(({ id }) => id === stepId);
  if (option === null || step?.kind !== "decision") return option;
  return step.options.find(({ id }) => id === option)?.label[locale] ?? option;
}
