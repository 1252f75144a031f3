"use client";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { brokenRules } from "@/lib/domain/configuration/rules";
import { effectOf } from "@/lib/domain/configuration/settings";
import type { ThreeWay } from "@/lib/domain/configuration/three-way";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { ChangeButton } from "./change-button";
import { Differences, Told } from "./differences";
import { type Draft, patchOf } from "./draft";

const BUTTON = "rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm hover:bg-raised";

/** What would be changed, and what was changed meanwhile by others. Nothing of it is in force before it was confirmed in the dialog. */
export function DraftPanel(props: {
  snapshot: Snapshot;
  readOnly: "role" | "lookOnly" | null;
  draft: Draft | null;
  three: ThreeWay | null;
  onDiscard: () => void;
  onRebase: () => void;
}) {
  const { snapshot, draft, three } = props;
  const t = useT();
  if (draft === null || three === null) {
    return (
      <Panel title={t("configurationPage.draft.title")}>
        <p className="text-sm text-ink-3">
          {props.readOnly === null
            ? t("configurationPage.draft.none")
            : t(`configurationPage.readOnly.${props.readOnly}`)}
        </p>
      </Panel>
    );
  }
  const broken = draft.problems.length > 0;
  const moved = three.theirs.length > 0;
  const rules = broken ? [] : brokenRules(draft.value);
  const restarts = three.mine.filter(({ path }) => effectOf(path) === "restart").length;
  return (
    <Panel
      title={t("configurationPage.draft.title")}
      aside={t("configurationPage.draft.count", { count: three.mine.length })}
    >
      <div className="flex flex-col gap-3" data-draft={broken ? "broken" : moved ? "moved" : "ready"}>
        {broken ? <p className="text-sm font-medium text-crit">{t("configurationPage.draft.broken")}</p> : null}
        {moved ? <Moved three={three} onRebase={props.onRebase} broken={broken} /> : null}
        {three.mine.length > 0 ? (
          <Differences label={t("configurationPage.draft.title")} differences={three.mine} effectOf={effectOf} />
        ) : null}
        {rules.length > 0 ? (
          <ul className="flex flex-col gap-1 text-sm">
            {rules.map(({ id, status, text }) => (
              <li key={id} data-rule={id} className={status === "block" ? "font-medium text-crit" : "text-warn"}>
                {messageText(t, text)}
              </li>
            ))}
          </ul>
        ) : null}
        {restarts > 0 ? (
          <p className="text-sm text-warn">{t("configurationPage.draft.restarts", { count: restarts })}</p>
        ) : null}
        <div className="flex flex-wrap items-start gap-2">
          <ChangeButton
            snapshot={snapshot}
            revision={draft.base.revision}
            patch={patchOf(draft)}
            hindrance={
              broken
                ? t("configurationPage.draft.broken")
                : moved
                  ? t("configurationPage.draft.movedFirst")
                  : three.mine.length === 0
                    ? t("configurationPage.draft.nothing")
                    : null
            }
          >
            {t("configurationPage.draft.go")}
          </ChangeButton>
          <button type="button" className={BUTTON} onClick={props.onDiscard}>
            {t("configurationPage.draft.discard")}
          </button>
        </div>
      </div>
    </Panel>
  );
}

function Moved(props: { three: ThreeWay; broken: boolean; onRebase: () => void }) {
  const { theirs, conflicts } = props.three;
  const t = useT();
  return (
    <div role="status" className="flex flex-col gap-2 rounded-md border border-warn-line bg-warn-soft p-3 text-sm">
      <p className="font-medium text-warn">{t("configurationPage.draft.moved")}</p>
      <Differences label={t("configurationPage.draft.theirs")} differences={theirs} />
      {conflicts.length > 0 ? (
        <div>
          <p className="font-medium text-warn">{t("configurationPage.draft.conflicts", { count: conflicts.length })}</p>
          <ul className="figures text-xs">
            {conflicts.map(({ path, mine, theirs: other }) => (
              <li key={path} data-conflict={path} className="wrap-anywhere">
                <span className="font-semibold">{path}</span>
                <div className="text-ink-2">
                  {t("configurationPage.draft.yours")} <Told value={mine} />
                </div>
                <div className="text-ink-2">
                  {t("configurationPage.draft.theirsIs")} <Told value={other} />
                </div>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-ink-2">{t("configurationPage.draft.rebaseHint", { conflicts: conflicts.length })}</p>
      <div>
        <button type="button" className={BUTTON} onClick={props.onRebase} disabled={props.broken}>
          {t("configurationPage.draft.rebase")}
        </button>
      </div>
    </div>
  );
}
