"use client";
import { useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { textOf } from "@/components/findings/texts";
import { useAcknowledge } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import type { Alert } from "@/lib/domain/alerts/types";
import { DeedDrawer, WordsField } from "./deed-drawer";

/** Somebody takes an alert on: with a note, and under the own name. */
export function AcknowledgeDrawer(props: { alert: Alert; onClose: () => void }) {
  const { alert, onClose } = props;
  const t = useT();
  const reader = useReader();
  const [note, setNote] = useState("");
  const deed = useAcknowledge();
  return (
    <DeedDrawer
      title={t("alertsPage.acknowledgeTitle")}
      about={
        <>
          <p className="font-medium text-ink wrap-anywhere">{textOf(t, alert)}</p>
          <p>{t("alertsPage.acknowledgeAbout")}</p>
        </>
      }
      deed={t("alertsPage.acknowledgeDeed")}
      missing={note.trim() === "" ? t("alertsPage.noteMissing") : null}
      running={deed.running}
      problem={deed.problem}
      onSend={() => void deed.run({ id: alert.id, note: note.trim() }).then((done) => (done ? onClose() : undefined))}
      onClose={onClose}
    >
      <WordsField
        label={t("alertsPage.note")}
        hint={t("alertsPage.noteHint", { name: reader?.name ?? "" })}
        value={note}
        onChange={setNote}
      />
    </DeedDrawer>
  );
}
