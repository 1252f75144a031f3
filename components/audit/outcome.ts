import type { AuditRow } from "@/lib/domain/audit";
import type { Message } from "@/lib/domain/message";
import { messageText, type Translate } from "@/lib/format/message";

/** What came of it, in words; null where the row tells of no outcome. Rows are read as they stand: anything may be missing from them. */
export type RowOutcome = {
  readonly text: string;
  /** More to it, for a second line. */
  readonly detail: string | null;
  /** `stopped`: nothing was done, as it should be. */
  readonly level: "plain" | "good" | "stopped" | "bad" | "unclear";
};

const LEVELS: Readonly<Record<string, RowOutcome["level"]>> = {
  done: "good",
  "done-otherwise": "unclear",
  unknown: "unclear",
  refused: "stopped",
  failed: "bad",
};

export function outcomeOf(row: AuditRow, t: Translate): RowOutcome | null {
  switch (row.kind) {
    case "plan":
      return ofChecks(row.data.checks, t);
    case "operation-ended":
      return ofEnd(row.data, t);
    case "operation-refused":
    case "operation-withdrawn":
    case "wall-refused":
      return ofRefusal(row, t);
    case "operation-step":
      return ofStep(row.data, t);
    case "sign-in-refused": {
      const why = textOf(row.data.why);
      const key = `audit.why.${why}`;
      return { text: t("audit.signInRefused"), detail: why && t.has(key) ? t(key) : null, level: "stopped" };
    }
    default:
      return null;
  }
}

function ofChecks(checks: unknown, t: Translate): RowOutcome | null {
  if (!Array.isArray(checks)) return null;
  const count = (status: string) => checks.filter((one) => isObject(one) && one.status === status).length;
  const [blocks, warnings] = [count("block"), count("warn")];
  return { text: t("audit.checks", { blocks, warnings }), detail: null, level: blocks > 0 ? "stopped" : "plain" };
}

function ofEnd(data: AuditRow["data"], t: Translate): RowOutcome | null {
  const state = textOf(data.state);
  if (state === null) return null;
  const key = `operation.word.${state}`;
  const text = isObject(data.outcome) && isMessage(data.outcome.text) ? messageText(t, data.outcome.text) : null;
  return { text: t.has(key) ? t(key) : state, detail: text, level: LEVELS[state] ?? "plain" };
}

function ofRefusal({ kind, data }: AuditRow, t: Translate): RowOutcome | null {
  const code = textOf(data.code);
  const reasons = Array.isArray(data.reasons) ? data.reasons.filter(isMessage) : [];
  const detail = reasons.map((reason) => messageText(t, reason)).join(" ") || null;
  const level = kind === "operation-withdrawn" ? "plain" : "stopped";
  if (code === null) return detail === null ? null : { text: detail, detail: null, level };
  const key = `audit.code.${code}`;
  return { text: t.has(key) ? t(key) : code, detail, level };
}

function ofStep(data: AuditRow["data"], t: Translate): RowOutcome | null {
  const call = textOf(data.call);
  if (call !== null) return { text: t("audit.called"), detail: call, level: "plain" };
  if (isObject(data.answer)) {
    const { kind, status, text } = data.answer;
    const key = `audit.answer.${textOf(kind)}`;
    const said = [typeof status === "number" ? String(status) : null, textOf(text)].filter(Boolean).join(" ");
    return {
      text: t.has(key) ? t(key) : t("audit.answered"),
      detail: said || null,
      level: LEVELS[textOf(kind) ?? ""] ?? "plain",
    };
  }
  if (Array.isArray(data.steps)) {
    const texts = data.steps.flatMap((step) =>
      isObject(step) && isMessage(step.text) ? [messageText(t, step.text)] : [],
    );
    return texts.length === 0 ? null : { text: texts.join(" · "), detail: null, level: "plain" };
  }
  return null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const isMessage = (value: unknown): value is Message =>
  isObject(value) && typeof value.key === "string" && isObject(value.params);

/** A word of the catalogue; what it does not know stands as it is. */
export const wordOf = (t: Translate, key: string, raw: string): string => (t.has(key) ? t(key) : raw);
