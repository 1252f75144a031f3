"use client";
import { useId, useState } from "react";
import { FIELD } from "@/components/actions/buttons";
import { Choice, Choices } from "@/components/actions/options/choice";
import { DeedDrawer } from "@/components/alerts/deed-drawer";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { useNewWall } from "@/lib/client/walls";
import type { WallLink } from "@/lib/contract/walls";

/** Where the wall hangs, and what it may see. */
export function NewWallDrawer(props: { onMade: (made: WallLink) => void; onClose: () => void }) {
  const t = useT();
  const id = useId();
  const clusters = useClusterNames();
  const [title, setTitle] = useState("");
  const [every, setEvery] = useState(true);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const deed = useNewWall();
  const missing =
    title.trim() === "" ? t("walls.titleMissing") : !every && chosen.length === 0 ? t("walls.clustersMissing") : null;
  const send = async () => {
    const made = await deed.run({ title: title.trim(), scopes: every ? null : [...chosen] });
    if (made) props.onMade(made);
  };
  const toggle = (scope: string) =>
    setChosen(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
  return (
    <DeedDrawer
      title={t("walls.newTitle")}
      about={<p>{t("walls.newAbout")}</p>}
      deed={t("walls.newDeed")}
      missing={missing}
      running={deed.running}
      problem={deed.problem}
      onSend={() => void send()}
      onClose={props.onClose}
    >
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-title`} className="text-sm font-semibold">
          {t("walls.titleLabel")}
        </label>
        <input
          id={`${id}-title`}
          value={title}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setTitle(event.target.value)}
          aria-describedby={`${id}-hint`}
          className={FIELD}
        />
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {t("walls.titleHint")}
        </p>
      </div>
      <Choices title={t("walls.sees")}>
        <Choice name={id} value="all" checked={every} onChoose={() => setEvery(true)} label={t("walls.everyCluster")} />
        <Choice
          name={id}
          value="some"
          checked={!every}
          onChoose={() => setEvery(false)}
          label={t("walls.someClusters")}
        />
      </Choices>
      {every ? null : (
        <fieldset className="flex min-w-0 flex-col gap-1.5">
          <legend className="sr-only">{t("walls.someClusters")}</legend>
          {clusters.map(({ scope, title: name }) => (
            <label key={scope} className="flex min-w-0 items-start gap-2 text-sm">
              <input
                type="checkbox"
                checked={chosen.includes(scope)}
                onChange={() => toggle(scope)}
                className="mt-1 size-3.5 shrink-0 accent-(--ink)"
              />
              <span className="min-w-0 wrap-anywhere">{name}</span>
            </label>
          ))}
        </fieldset>
      )}
    </DeedDrawer>
  );
}
