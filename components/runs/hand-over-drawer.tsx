"use client";
import { useId, useState } from "react";
import { FIELD } from "@/components/actions/buttons";
import { DeedDrawer } from "@/components/alerts/deed-drawer";
import { RunRefused } from "@/components/runbooks/run-refused";
import { useT } from "@/lib/client/i18n";
import { useRunDeed, useRunHere } from "./run-context";

/** Asks somebody to carry the run from here on. Until they take it over, it stays with who carries it. */
export function HandOverDrawer(props: { onClose: () => void }) {
  const { run } = useRunHere();
  const t = useT();
  const id = useId();
  const [to, setTo] = useState("");
  const deed = useRunDeed();
  const send = async () => {
    if (await deed.send({ kind: "hand-over", to: to.trim() })) props.onClose();
  };
  return (
    <DeedDrawer
      title={t("runbooks.handOver.title")}
      about={<p>{t("runbooks.handOver.about")}</p>}
      deed={t("runbooks.handOver.deed")}
      missing={to.trim() === "" ? t("runbooks.handOver.missing") : null}
      running={deed.running}
      problem={null}
      onSend={() => void send()}
      onClose={props.onClose}
    >
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-semibold">
          {t("runbooks.handOver.to")}
        </label>
        <input
          id={id}
          list={`${id}-names`}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          className={FIELD}
        />
        <datalist id={`${id}-names`}>
          {run.joined
            .filter((name) => name !== run.carrier)
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
      </div>
      <RunRefused problem={deed.problem} />
    </DeedDrawer>
  );
}
