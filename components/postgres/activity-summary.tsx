"use client";
import { useT } from "@/lib/client/i18n";
import type { Looked } from "@/lib/client/inspect";
import type { InspectAnswerOf } from "@/lib/contract/inspect";
import type { Group } from "@/lib/domain/inspect/activity";
import { formatNumber } from "@/lib/format/number";
import { Amount, Fact, Facts } from "./figures";
import { InspectPanel } from "./inspect-panel";

const SHOWN_MAX = 6;
/** Share of max_connections from which on the number is marked. */
const CROWDED = 0.9;

/** How many sessions there are: by state, application, user, database and by what the active ones wait for. */
export function ActivitySummary(props: { looked: Looked<InspectAnswerOf<"activity">> }) {
  const t = useT();
  return (
    <InspectPanel looked={props.looked} title={t("postgres.summary.title")}>
      {(facts) => (
        <div className="flex flex-col gap-4">
          <Facts>
            <Fact label={t("postgres.summary.clients")} warn={facts.clients >= facts.maxConnections * CROWDED}>
              <Amount of={facts.clients} />
              <span className="text-ink-3"> / {formatNumber(t.locale, facts.maxConnections)}</span>
            </Fact>
            {facts.states.map(({ state, count }) => (
              <Fact key={state} label={t(`postgres.state.${state}`)}>
                <Amount of={count} />
              </Fact>
            ))}
          </Facts>
          <div className="grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
            <Groups title={t("postgres.summary.applications")} groups={facts.applications} />
            <Groups title={t("postgres.summary.users")} groups={facts.users} />
            <Groups title={t("postgres.summary.databases")} groups={facts.databases} />
            <Groups
              title={t("postgres.summary.waits")}
              groups={facts.waits.map((one) => ({ ...one, active: 0, idleInTransaction: 0 }))}
              nameless={t("postgres.summary.running")}
            />
          </div>
        </div>
      )}
    </InspectPanel>
  );
}

function Groups(props: { title: string; groups: readonly Group[]; nameless?: string }) {
  const t = useT();
  const shown = props.groups.slice(0, SHOWN_MAX);
  const more = props.groups.length - shown.length;
  return (
    <div className="min-w-0">
      <h3 className="text-xs font-medium text-ink-3">{props.title}</h3>
      {shown.length === 0 ? <p className="text-sm text-ink-3">{t("postgres.none")}</p> : null}
      <ul className="text-sm">
        {shown.map((group) => (
          <li key={group.name ?? ""} className="flex items-baseline justify-between gap-3">
            <span className="clip-name" title={group.name ?? undefined}>
              {group.name ?? <span className="text-ink-3">{props.nameless ?? t("postgres.summary.nameless")}</span>}
            </span>
            <span className="whitespace-nowrap">
              {group.idleInTransaction > 0 ? (
                <span className="text-xs text-ink-3">
                  {t("postgres.summary.idleInTransaction", { count: group.idleInTransaction })}{" "}
                </span>
              ) : null}
              {formatNumber(t.locale, group.count)}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-xs text-ink-3">{t("postgres.summary.more", { count: more })}</p> : null}
    </div>
  );
}
