"use client";
import { useId, useState } from "react";
import { Choice, Choices } from "@/components/actions/options/choice";
import { FutureMoment } from "@/components/actions/options/when-field";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { type Instant, instant } from "@/lib/domain/ids";
import { UNTIL_PRESETS, type UntilPreset, untilOf } from "./until";

/** Until when it is kept quiet. Nothing is chosen at first, and there is no choice without an end. */
export function UntilField(props: {
  /** When it begins; null: now. */
  from: Instant | null;
  until: Instant | null;
  onUntil: (until: Instant | null) => void;
}) {
  const { until, onUntil } = props;
  const t = useT();
  const name = useId();
  const { clock } = useLiveStore();
  const [chosen, setChosen] = useState<UntilPreset | "custom" | null>(null);
  const start = () => (props.from === null ? clock.now() : Date.parse(props.from));
  return (
    <Choices title={t("alertsPage.until")}>
      {UNTIL_PRESETS.map((preset) => (
        <Choice
          key={preset}
          name={name}
          value={preset}
          checked={chosen === preset}
          onChoose={() => {
            setChosen(preset);
            onUntil(instant(untilOf(preset, start())));
          }}
          label={t(`alertsPage.untilPreset.${preset}`)}
        />
      ))}
      <Choice
        name={name}
        value="custom"
        checked={chosen === "custom"}
        onChoose={() => {
          setChosen("custom");
          onUntil(null);
        }}
        label={t("alertsPage.untilPreset.custom")}
      />
      {chosen === "custom" ? <FutureMoment at={until} onMoment={(at) => onUntil(at ?? null)} /> : null}
      {until === null ? null : (
        <p className="basis-full text-sm text-ink-2">
          {t("alertsPage.endsAt")} <Moment at={until} className="font-medium text-ink" />
        </p>
      )}
    </Choices>
  );
}
