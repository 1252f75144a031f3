"use client";
import { useId, useState } from "react";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import type { RequestOf } from "@/lib/domain/actions/request";
import { type Instant, instant } from "@/lib/domain/ids";
import { Choice, Choices } from "./choice";
import { FutureMoment } from "./when-field";

const MINUTE = 60_000;
const PRESETS = { minutes30: 30 * MINUTE, hour1: 60 * MINUTE, hours4: 240 * MINUTE } as const;
type Chosen = keyof typeof PRESETS | "custom" | "none";

/** Until when automatic failover stays off. Nothing is chosen at first: a pause without an end is a decision, not a default. */
export function PauseOptions(props: {
  pause: RequestOf<"pause">;
  onPause: (pause: RequestOf<"pause">, complete: boolean) => void;
}) {
  const { pause } = props;
  const t = useT();
  const name = useId();
  const { clock } = useLiveStore();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = (which: Chosen, until: Instant | null, complete: boolean) => {
    setChosen(which);
    props.onPause({ ...pause, until, resumeAtEnd: until === null ? false : pause.resumeAtEnd }, complete);
  };
  const ends = chosen !== null && chosen !== "none" && pause.until !== null;
  return (
    <div className="flex flex-col gap-2">
      <Choices title={t("actionDialog.pause.title")}>
        {(["minutes30", "hour1", "hours4"] as const).map((which) => (
          <Choice
            key={which}
            name={name}
            value={which}
            checked={chosen === which}
            onChoose={() => choose(which, instant(clock.now() + PRESETS[which]), true)}
            label={t(`actionDialog.pause.${which}`)}
          />
        ))}
        <Choice
          name={name}
          value="custom"
          checked={chosen === "custom"}
          onChoose={() => choose("custom", null, false)}
          label={t("actionDialog.pause.custom")}
        />
        {chosen === "custom" ? (
          <FutureMoment at={pause.until} onMoment={(until) => choose("custom", until ?? null, until !== undefined)} />
        ) : null}
        <Choice
          name={name}
          value="none"
          checked={chosen === "none"}
          onChoose={() => choose("none", null, true)}
          label={t("actionDialog.pause.none")}
          hint={t("actionDialog.pause.noneHint")}
        />
      </Choices>
      {ends && pause.until !== null ? (
        <div className="text-sm">
          <label className="flex w-fit cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={pause.resumeAtEnd}
              onChange={(event) => props.onPause({ ...pause, resumeAtEnd: event.target.checked }, true)}
              className="size-4 accent-(--ink)"
            />
            <span>
              {t("actionDialog.pause.resumeAtEnd")} (<Moment at={pause.until} />)
            </span>
          </label>
          <p className="text-xs text-ink-3">{t("actionDialog.pause.remind")}</p>
        </div>
      ) : null}
    </div>
  );
}
