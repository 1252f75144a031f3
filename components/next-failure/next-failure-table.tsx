"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { NextFailure } from "@/lib/domain/actions/plan";
import { type FailureParts, partsOf } from "@/lib/domain/next-failure/parts";
import { formatBytes } from "@/lib/format/bytes";
import { messageText, type Translate } from "@/lib/format/message";
import { LEVEL_OF_WRITES } from "./writes";

const COLUMNS = [
  ["what", "w-64"],
  ["writes", "w-36"],
  ["leader", "w-44"],
  ["loss", "w-36"],
  ["quorum", "w-40"],
  ["vip", "w-44"],
  ["sentence", ""],
] as const;
const CELL = "block min-w-0 py-0.5 align-top xl:table-cell xl:px-3 xl:py-2 xl:last:pr-4";

/** A row for each host and each layer on it: what would become of writes if it died now. On a narrow screen each row is a card. */
export function NextFailureTable(props: { failures: readonly NextFailure[] }) {
  const t = useT();
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="block w-full border-collapse text-sm xl:table xl:table-fixed">
        <caption className="sr-only">{t("nextFailurePage.title")}</caption>
        <thead className="hidden xl:table-header-group">
          <tr>
            {COLUMNS.map(([name, width]) => (
              <th
                key={name}
                scope="col"
                className={clsx("px-3 pb-1.5 text-left text-xs font-medium text-ink-3 first:pl-4 last:pr-4", width)}
              >
                {t(`nextFailurePage.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block xl:table-row-group">
          {props.failures.map((one) => (
            <Row key={`${one.layer} ${one.subject}`} failure={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: { failure: NextFailure }) {
  const { failure } = props;
  const { layer, subject, writes } = failure;
  const t = useT();
  const stale = usePageStale();
  const level = stale ? "blind" : LEVEL_OF_WRITES[writes];
  const parts = partsOf(failure);
  return (
    <tr
      data-failure={`${layer} ${subject}`}
      data-writes={writes}
      className="grid grid-cols-2 gap-x-4 border-t border-line px-4 py-2 xl:table-row xl:p-0"
    >
      <th scope="row" className={clsx(CELL, "col-span-2 text-left font-medium xl:pl-4")}>
        <span className="text-ink-2">{t(`nextFailurePage.layer.${layer}`)}</span>{" "}
        <span className="wrap-anywhere">{subject}</span>
      </th>
      <td className={clsx(CELL, "col-span-2")}>
        <span className="flex items-start gap-2">
          <StatusMark level={level} size={15} className="mt-[3px]" />
          <span className={clsx(writes !== "served" && "font-medium", TEXT_OF_LEVEL[level])}>
            {t(`nextFailurePage.writes.${writes}`)}
          </span>
        </span>
      </td>
      <Fact name="leader">{leaderText(t, failure, parts)}</Fact>
      <Fact name="loss">{lossText(t, failure, parts)}</Fact>
      <Fact name="quorum">{quorumText(t, parts)}</Fact>
      <Fact name="vip">{vipText(t, parts)}</Fact>
      <td className={clsx(CELL, "col-span-2 text-ink-2 wrap-anywhere")}>{messageText(t, failure.text)}</td>
    </tr>
  );
}

function Fact(props: { name: (typeof COLUMNS)[number][0]; children: ReactNode }) {
  const t = useT();
  return (
    <td className={clsx(CELL, "wrap-anywhere", props.children === NOTHING && "max-xl:hidden")} data-column={props.name}>
      <span className="block text-xs text-ink-3 xl:hidden">{t(`nextFailurePage.column.${props.name}`)}</span>
      {props.children}
    </td>
  );
}

/** What the failure does not touch; a card leaves it out. */
const NOTHING = "–";
const Unknown = (props: { children: ReactNode }) => <span className="font-medium text-blind">{props.children}</span>;

function leaderText(t: Translate, { writes, leader }: NextFailure, { leaders }: FailureParts): ReactNode {
  if (leaders !== null) return leader === null ? t("nextFailurePage.oneOf", { names: leaders }) : leaders;
  return writes === "unknown" ? <Unknown>{t("format.unknown")}</Unknown> : t("nextFailurePage.nobody");
}

function lossText(t: Translate, { lossBytes }: NextFailure, { loss }: FailureParts): ReactNode {
  if (loss === "some") return t("nextFailurePage.lossAbout", { bytes: formatBytes(t, lossBytes) });
  if (loss === "zero") return t("nextFailurePage.lossZero");
  return loss === "unknown" ? <Unknown>{t("format.unknown")}</Unknown> : NOTHING;
}

function quorumText(t: Translate, { quorum }: FailureParts): ReactNode {
  const { kind, left, voters } = quorum;
  if (kind === "untold") return NOTHING;
  const text = t(`nextFailurePage.quorum.${kind}`, { left, voters });
  return kind === "unknown" ? (
    <Unknown>{text}</Unknown>
  ) : (
    <span className={kind === "lost" ? "text-crit" : ""}>{text}</span>
  );
}

function vipText(t: Translate, { vip }: FailureParts): ReactNode {
  if (vip.kind === "untold") return NOTHING;
  const text = t(`nextFailurePage.vip.${vip.kind}`, { to: vip.to });
  return vip.kind === "unknown" ? <Unknown>{text}</Unknown> : text;
}
