"use client";
import { TimelineList } from "@/components/history/timeline-list";
import { StatusMark } from "@/components/status/status-mark";
import { Period } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useIncident } from "@/lib/client/record-hooks";
import type { IncidentReport } from "@/lib/contract/incident";
import { Exports } from "./exports";
import { GapTable } from "./gap-table";
import { MilestoneList } from "./milestone-list";
import { PhaseBars } from "./phase-bars";
import { SentenceList } from "./sentence-list";
import { Summary } from "./summary";

/** The report on the window: how long nobody could write, in which phases, what was seen and what was said. */
export function IncidentView(props: { scope: string; from: number; to: number }) {
  const { scope, from, to } = props;
  const t = useT();
  const { value, problem, reading } = useIncident(scope, from, to);
  if (problem) {
    return (
      <div
        role="alert"
        className="hatched flex items-center gap-3 rounded-lg border border-dashed border-blind-line bg-blind-soft px-4 py-4 text-sm"
      >
        <StatusMark level="blind" size={18} />
        <p>
          <span className="font-semibold">
            {problem.kind === "unavailable" ? t("historyPage.failing") : t(`problem.${problem.kind}`)}
          </span>{" "}
          {problem.detail}
        </p>
      </div>
    );
  }
  if (value === null) {
    return (
      <p role="status" className="hatched rounded-lg border border-line px-4 py-12 text-center text-sm text-ink-2">
        {t("incidentPage.reading")}
      </p>
    );
  }
  return (
    <div className={reading ? "opacity-70" : ""} aria-busy={reading} data-incident={value.incident.kind}>
      <Report report={value} exports={<Exports scope={scope} from={from} to={to} />} />
    </div>
  );
}

function Report(props: { report: IncidentReport; exports: React.ReactNode }) {
  const { incident, events } = props.report;
  const t = useT();
  const { outage, phases, prelude, aftermath, gaps, sentences, holes } = incident;
  const start = outage === null ? null : Date.parse(outage.startedAt);
  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-12 print:block print:*:mb-4">
      <div className="xl:col-span-12">
        <Summary incident={incident} aside={props.exports} />
      </div>
      {holes.length === 0 ? null : (
        <section
          aria-label={t("incident.holes")}
          className="hatched rounded-lg border border-dashed border-blind-line bg-blind-soft px-4 py-3 text-sm xl:col-span-12"
        >
          <h3 className="flex items-center gap-2 font-semibold">
            <StatusMark level="blind" size={15} />
            {t("incident.holes")}
          </h3>
          <ul>
            {holes.map((hole) => (
              <li key={hole.from}>
                <Period from={hole.from} to={hole.to} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {outage === null ? null : (
        <Panel title={t("incident.phases")} className="xl:col-span-12">
          {phases.length === 0 ? (
            <Nothing>{t("incident.nothing")}</Nothing>
          ) : (
            <PhaseBars scope={incident.scope} outage={outage} phases={phases} />
          )}
        </Panel>
      )}
      <Panel title={t(outage === null ? "incidentPage.noted" : "incident.before")} className="xl:col-span-6">
        <MilestoneList scope={incident.scope} milestones={prelude} start={start} />
      </Panel>
      {outage === null ? null : (
        <Panel title={t("incident.aftermath")} className="xl:col-span-6">
          <MilestoneList scope={incident.scope} milestones={aftermath} start={start} />
        </Panel>
      )}
      <Panel title={t("incident.gaps")} className="xl:col-span-6">
        <GapTable gaps={gaps} />
      </Panel>
      <Panel title={t("incident.sentences")} className="xl:col-span-6">
        <SentenceList scope={incident.scope} sentences={sentences} start={start} />
      </Panel>
      <section aria-label={t("incident.events")} className="xl:col-span-12">
        <h2 className="mb-2 text-base font-semibold">{t("incident.events")}</h2>
        {events.length === 0 ? (
          <Nothing>{t("incident.nothing")}</Nothing>
        ) : (
          <TimelineList items={asItems(events)} incidentOf={NONE} />
        )}
      </section>
    </div>
  );
}

const NONE = () => null;
/** In a report things are read in the order in which they happened. */
const asItems = (events: IncidentReport["events"]) =>
  events
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id)
    .map((event) => ({ type: "event", key: String(event.id), at: event.at, event }) as const);
