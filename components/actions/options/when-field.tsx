"use client";
import { useId, useRef, useState } from "react";
import { type MomentHandle, MomentInput } from "@/components/history/moment-input";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { type Instant, instant } from "@/lib/domain/ids";
import { Choice, Choices } from "./choice";

/** A moment to come, typed on the reader's clock; told when the field is left, or by Enter. `undefined`: none yet. */
export function FutureMoment(props: { at: Instant | null; onMoment: (at: Instant | undefined) => void }) {
  const t = useT();
  const { clock } = useLiveStore();
  const field = useRef<MomentHandle>(null);
  const read = () => {
    const typed = field.current?.read();
    if (typed === null || typed === undefined) return props.onMoment(undefined);
    if (typed > clock.now()) return props.onMoment(instant(typed));
    field.current?.refuse(t("actionDialog.when.past"));
    props.onMoment(undefined);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field takes what was typed, and fires nothing
    <span
      onKeyDown={(event) => {
        if (event.key === "Enter") read();
      }}
    >
      <MomentInput
        ref={field}
        at={props.at === null ? null : Date.parse(props.at)}
        near={clock.current()}
        label={t("actionDialog.when.moment")}
        onLeave={read}
      />
    </span>
  );
}

/** Now, or at a moment to come. `undefined`: later, but the moment is still missing. */
export function WhenField(props: { at: Instant | null; onWhen: (at: Instant | null | undefined) => void }) {
  const t = useT();
  const name = useId();
  const [later, setLater] = useState(props.at !== null);
  return (
    <Choices title={t("actionDialog.when.title")}>
      <Choice
        name={name}
        value="now"
        checked={!later}
        label={t("actionDialog.when.now")}
        onChoose={() => {
          setLater(false);
          props.onWhen(null);
        }}
      />
      <Choice
        name={name}
        value="later"
        checked={later}
        label={t("actionDialog.when.later")}
        onChoose={() => {
          setLater(true);
          props.onWhen(undefined);
        }}
      />
      {later ? <FutureMoment at={props.at} onMoment={props.onWhen} /> : null}
    </Choices>
  );
}
