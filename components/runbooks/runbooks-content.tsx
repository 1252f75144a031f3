"use client";
import { useReader } from "@/components/actions/action-context";
import { ReadingFailed } from "@/components/status/reading-failed";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useRunbooks } from "@/lib/client/runs";
import type { RunbooksAnswer } from "@/lib/contract/runbooks";
import type { Finding } from "@/lib/domain/findings/finding";
import type { Snapshot } from "@/lib/domain/snapshot";
import { FillScope } from "./fill-scope";
import { groupOf, RUNBOOK_GROUPS } from "./groups";
import { byGravity, offeredBy } from "./offers";
import { ProvenPanel } from "./proven-panel";
import { RunbookRow } from "./runbook-row";
import { RunsPanel } from "./runs-panel";

const NO_INPUTS = {};
const NOTHING_ASKED = { inputs: [] };

export function RunbooksContent(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const { scope, runs } = snapshot;
  const t = useT();
  const { value, problem, reload } = useRunbooks(scope);
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12">
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-9">
        {problem === null ? null : (
          <ReadingFailed words="runbooks" problem={problem} old={value !== null} onRetry={reload} />
        )}
        {value === null ? (
          problem === null ? (
            <p
              role="status"
              className="hatched rounded-lg border border-line px-4 py-10 text-center text-sm text-ink-2"
            >
              {t("runbooks.reading")}
            </p>
          ) : null
        ) : (
          <FillScope picture={snapshot} places={value.places} runbook={NOTHING_ASKED} inputs={NO_INPUTS}>
            <Offers snapshot={snapshot} runbooks={value.runbooks} />
            <Broken broken={value.broken} />
          </FillScope>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-3">
        <ProvenPanel scope={scope} board={runs} />
      </div>
      {value === null ? null : (
        <div className="min-w-0 gap-4 *:mb-4 *:break-inside-avoid xl:col-span-12 xl:columns-2">
          <FillScope picture={snapshot} places={value.places} runbook={NOTHING_ASKED} inputs={NO_INPUTS}>
            <Situations snapshot={snapshot} runbooks={value.runbooks} />
          </FillScope>
        </div>
      )}
      <div className="min-w-0 xl:col-span-12">
        <RunsPanel scope={scope} />
      </div>
    </div>
  );
}

type Listed = { readonly snapshot: Snapshot; readonly runbooks: RunbooksAnswer["runbooks"] };

/** What the findings of the cluster ask for now, the gravest first. */
function Offers({ snapshot, runbooks }: Listed) {
  const t = useT();
  const stale = usePageStale();
  const offered = runbooks
    .map(({ runbook }) => ({ runbook, found: offeredBy(runbook, snapshot.findings) }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => byGravity(a.found, b.found));
  return (
    <Panel title={t("runbooks.offered")} flush>
      {offered.length === 0 ? (
        <p className={stale ? "px-4 pb-4 text-sm font-medium text-blind" : "px-4 pb-4 text-sm text-ink-3"}>
          {t(stale ? "runbooks.offeredUnknown" : "runbooks.offeredNone")}
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line" data-group="offered">
          {offered.map(({ runbook, found }) => (
            <RunbookRow
              key={runbook.id}
              scope={snapshot.scope}
              runbook={runbook}
              offered={found}
              about={aboutOf(found)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Every runbook, by the situation in which one looks for it. */
function Situations({ snapshot, runbooks }: Listed) {
  const t = useT();
  return RUNBOOK_GROUPS.map((group) => {
    const those = runbooks.filter(({ runbook }) => groupOf(runbook) === group);
    if (those.length === 0) return null;
    return (
      <Panel key={group} title={t(`runbooks.group.${group}`)} flush>
        <ul className="divide-y divide-line border-t border-line" data-group={group}>
          {those.map(({ runbook }) => (
            <RunbookRow key={runbook.id} scope={snapshot.scope} runbook={runbook} offered={NONE} />
          ))}
        </ul>
      </Panel>
    );
  });
}

const NONE: readonly Finding[] = [];

/** The member that the gravest of the findings is about; null where it is about something else. */
const aboutOf = ([first]: readonly Finding[]): string | null =>
  first?.subject.kind === "member" ? first.subject.name : null;

/** Files that could not be read, for who can mend them. */
function Broken(props: { broken: RunbooksAnswer["broken"] }) {
  const t = useT();
  const reader = useReader();
  if (props.broken.length === 0) return null;
  return (
    <section role="alert" className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-sm">
      <p className="flex items-center gap-2 font-semibold">
        <StatusMark level="warn" size={15} />
        {t("runbooks.broken", { count: props.broken.length })}
      </p>
      {reader?.role !== "admin" ? null : (
        <ul className="mt-1 list-disc pl-6 text-xs">
          {props.broken.flatMap(({ file, problems }) =>
            problems.map((problem) => (
              <li key={`${file} ${problem}`} className="figures wrap-anywhere">
                {problem}
              </li>
            )),
          )}
        </ul>
      )}
    </section>
  );
}
