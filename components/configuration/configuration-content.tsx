"use client";
import { useState } from "react";
import { Age } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { ViewTabs } from "@/components/ui/view-tabs";
import { useT } from "@/lib/client/i18n";
import { sameValue } from "@/lib/domain/configuration/path";
import type { Snapshot } from "@/lib/domain/snapshot";
import { useWhyReadOnly } from "./change-button";
import { ChangesPanel } from "./changes-panel";
import {
  against,
  begin,
  type Draft,
  editable,
  isChanged,
  rebase,
  setAt,
  textOf,
  typeText,
  valueProblems,
} from "./draft";
import { DraftPanel } from "./draft-panel";
import { PendingRestarts } from "./pending-restarts";
import { SettingsForm } from "./settings-form";
import { YamlEditor } from "./yaml-editor";

/** Form and text edit one draft; beside them what it would change. A draft is kept, whatever becomes of the configuration under it. */
export function ConfigurationContent(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const live = snapshot.configuration;
  const [held, setHeld] = useState<Draft | null>(null);
  const [view, setView] = useState<"form" | "yaml">("form");
  const why = useWhyReadOnly(snapshot);
  const readOnly = why !== null;
  if (live === null) {
    return (
      <Panel title={t("configurationPage.title")}>
        <p className="text-sm text-blind">{t("configurationPage.unseen")}</p>
      </Panel>
    );
  }
  const keeps = (one: Draft | null): one is Draft => one !== null && isChanged(one) && !arrived(one, live.value);
  const draft = keeps(held) ? held : null;
  const shown = draft ?? begin(live);
  const edit = (change: (from: Draft) => Draft) => setHeld((was) => change(keeps(was) ? was : begin(live)));
  return (
    <div
      className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12"
      data-configuration-revision={live.revision ?? ""}
    >
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-7">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <ViewTabs
            label={t("configurationPage.view.label")}
            views={["form", "yaml"]}
            view={view}
            nameOf={(one) => t(`configurationPage.view.${one}`)}
            onView={setView}
          />
          <p className="text-xs text-ink-3">
            {live.revision === null ? null : t("configurationPage.revision", { revision: live.revision })}{" "}
            <span className="whitespace-nowrap">
              {t("configurationPage.since")} <Age at={live.at} />
            </span>
          </p>
        </div>
        {view === "yaml" ? (
          <YamlEditor
            text={textOf(shown)}
            problems={valueProblems(shown)}
            readOnly={readOnly}
            onType={(text) => edit((from) => typeText(from, text))}
          />
        ) : (
          <>
            {shown.problems.length > 0 ? (
              <p role="status" className="text-sm font-medium text-crit">
                {t("configurationPage.form.textBroken")}
              </p>
            ) : null}
            <SettingsForm
              value={shown.value}
              base={shown.base.value}
              readOnly={readOnly || shown.problems.length > 0}
              onSet={(path, value) => edit((from) => setAt(from, path, value))}
            />
          </>
        )}
      </div>
      {draft === null ? null : <DraftBar />}
      <div
        id={DRAFT_ID}
        className="flex min-w-0 scroll-mt-16 flex-col gap-4 xl:sticky xl:top-16 xl:col-span-5 xl:max-h-[calc(100dvh-5rem)] xl:overflow-y-auto"
      >
        <DraftPanel
          snapshot={snapshot}
          readOnly={why}
          draft={draft}
          three={draft === null ? null : against(draft, live.value)}
          onDiscard={() => setHeld(null)}
          onRebase={() => setHeld(rebase(shown, live))}
        />
        <PendingRestarts members={snapshot.members} />
        <ChangesPanel snapshot={snapshot} />
      </div>
    </div>
  );
}

const DRAFT_ID = "draft";

/** On a narrow screen the draft stands far below what is edited. */
function DraftBar() {
  const t = useT();
  return (
    <a
      href={`#${DRAFT_ID}`}
      className="sticky bottom-2 z-10 rounded-md border border-ink bg-ink px-4 py-2 text-center text-sm font-semibold text-canvas shadow-float xl:hidden"
    >
      {t("configurationPage.draft.show")}
    </a>
  );
}

/** What was asked for is in force now: there is nothing left to keep. */
function arrived(draft: Draft, live: Readonly<Record<string, unknown>>): boolean {
  if (draft.problems.length > 0) return false;
  const now = sorted(editable(live));
  return !sameValue(sorted(draft.base.value), now) && sameValue(sorted(draft.value), now);
}

/** Keys in one order, so that two equal configurations are written alike. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
