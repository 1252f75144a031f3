"use client";
import { useShortName } from "@/components/members/short-name";
import { FailureText } from "@/components/sources/failure-text";
import { Age } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useSettingsComparison } from "@/lib/client/inspect";
import type { SettingsComparison } from "@/lib/contract/inspect";
import { formatInterval } from "@/lib/format/duration";
import { type Column, DataTable } from "./data-table";
import { Dash } from "./figures";

type Difference = SettingsComparison["differences"][number];

/** Settings that are not the same on all members, against the leader's, and those that wait for a restart. */
export function SettingsView(props: { scope: string }) {
  const t = useT();
  const { answer, problem } = useSettingsComparison(props.scope);
  const read = answer?.members.filter(({ at }) => at !== null) ?? [];
  return (
    <>
      <Panel
        title={t("postgres.settings.title")}
        flush
        aside={answer ? t("sources.every", { interval: formatInterval(t, answer.intervalMs) }) : null}
      >
        {problem ? (
          <p className="px-4 pb-3 text-sm text-warn" role="status">
            {t(`problem.${problem.kind}`)} {problem.detail}
          </p>
        ) : null}
        {answer === null ? (
          problem ? null : (
            <p className="px-4 pb-4 text-sm text-ink-3" role="status">
              {t("postgres.asking")}
            </p>
          )
        ) : answer.differences.length > 0 ? (
          <Differences differences={answer.differences} members={read.map(({ member }) => member)} />
        ) : (
          <div className="px-4 pb-3">
            <Nothing>
              {read.length > 1
                ? t("postgres.settings.none", { count: read.length })
                : t("postgres.settings.notCompared")}
            </Nothing>
          </div>
        )}
        {answer && answer.left.length > 0 ? (
          <details className="border-t border-line px-4 py-2 text-xs text-ink-3">
            <summary className="cursor-pointer">{t("postgres.settings.left", { count: answer.left.length })}</summary>
            <p className="figures pt-1 wrap-anywhere">{answer.left.join(", ")}</p>
          </details>
        ) : null}
      </Panel>
      {answer ? <Members members={answer.members} /> : null}
    </>
  );
}

function Differences(props: { differences: readonly Difference[]; members: readonly string[] }) {
  const t = useT();
  const short = useShortName();
  const columns: readonly Column<Difference>[] = [
    {
      id: "name",
      label: t("postgres.settings.setting"),
      by: ({ name }) => name,
      cell: ({ name }) => <span className="figures wrap-anywhere">{name}</span>,
    },
    ...props.members.map(
      (member, index): Column<Difference> => ({
        id: `member-${member}`,
        label: short(member),
        className: "max-w-72",
        cell: ({ values, unit }) => {
          const one = values[index];
          if (!one || one.source === null) return <Dash label={t("postgres.settings.absent")} />;
          return (
            <>
              <div className={`figures wrap-anywhere ${one.differs ? "font-medium text-warn" : ""}`}>
                {one.value === "" ? <span className="text-ink-3">{t("postgres.settings.empty")}</span> : one.value}
                {unit === null || one.value === "" ? null : <span className="text-ink-3"> {unit}</span>}
              </div>
              <div className="text-2xs text-ink-3">{one.source}</div>
            </>
          );
        },
      }),
    ),
  ];
  return (
    <DataTable
      label={t("postgres.settings.title")}
      rows={props.differences}
      columns={columns}
      keyOf={({ name }) => name}
      rowProps={({ name }) => ({ "data-setting": name })}
    />
  );
}

function Members(props: { members: SettingsComparison["members"] }) {
  const t = useT();
  const short = useShortName();
  return (
    <Panel title={t("postgres.settings.restart")} flush>
      <ul>
        {props.members.map(({ member, at, failure, pendingRestart }) => (
          <li
            key={member}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-sm"
          >
            <span className="clip-name max-w-full font-semibold" title={member}>
              {short(member)}
            </span>
            {at === null ? (
              <span className="text-blind">{t("format.unknown")}</span>
            ) : pendingRestart.length === 0 ? (
              <span className="text-ink-3">{t("postgres.settings.noRestart")}</span>
            ) : (
              <span className="flex flex-wrap items-baseline gap-1">
                <Badge tone="warn">{t("members.pendingRestart")}</Badge>
                <span className="figures text-xs wrap-anywhere">{pendingRestart.join(", ")}</span>
              </span>
            )}
            <span className="ml-auto text-xs text-ink-3">
              <Age at={at} />
            </span>
            {failure ? (
              <div className="w-full">
                <FailureText failure={failure} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
