import { messageText, type Translate } from "@/lib/format/message";
import type { CheckLine, CheckReport } from "./report";

const SIGN: Readonly<Record<CheckLine["status"], string>> = { good: "✓", warn: "!", bad: "✗", note: "·" };

/** The report as text for a terminal: a block a cluster, a line a thing, and below it what to do. */
export function renderReport(report: CheckReport, t: Translate): string {
  const blocks = report.clusters.map(({ scope, title, lines }) =>
    [title === scope ? scope : `${scope} – ${title}`, ...renderLines(lines, t)].join("\n"),
  );
  return [renderLines(report.general, t).join("\n"), ...blocks, summary(report, t)].join("\n\n");
}

function renderLines(lines: readonly CheckLine[], t: Translate): string[] {
  const heads = lines.map((line) => [subject(line, t), line.address ?? ""] as const);
  const [first, second] = [0, 1].map((column) => Math.max(0, ...heads.map((head) => head[column]?.length ?? 0)));
  return lines.flatMap((line, index) => {
    const [name = "", address = ""] = heads[index] ?? [];
    const text = messageText(t, line.text) + (line.said ? ` (${line.said})` : "");
    const head = `  ${SIGN[line.status]} ${name.padEnd(first ?? 0)}  ${address.padEnd(second ?? 0)}  ${text}`;
    return line.advice ? [head, `      → ${messageText(t, line.advice)}`] : [head];
  });
}

function subject(line: CheckLine, t: Translate): string {
  const what = t(`cli.check.subject.${line.subject}`);
  return line.name ? `${what} ${line.name}` : what;
}

function summary({ general, clusters }: CheckReport, t: Translate): string {
  const lines = [...general, ...clusters.flatMap((cluster) => cluster.lines)];
  const count = (status: CheckLine["status"]) => lines.filter((line) => line.status === status).length;
  return t("cli.check.summary", { good: count("good"), warn: count("warn"), bad: count("bad") });
}
