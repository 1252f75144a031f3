"use client";
import { useId, useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { Choice, Choices } from "@/components/actions/options/choice";
import { ruleName } from "@/components/findings/texts";
import { useNewSilence } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import type { Instant } from "@/lib/domain/ids";
import { DeedDrawer, WordsField } from "./deed-drawer";
import { UntilField } from "./until-field";

const WIDTHS = ["this", "rule", "subject"] as const;
type Width = (typeof WIDTHS)[number];

/** Keeps the alerts of one finding quiet for a while: of this one, of its rule, or of what it is about; always of one cluster. */
export function SilenceDrawer(props: { scope: string; rule: string; subject: string; onClose: () => void }) {
  const { scope, rule, subject, onClose } = props;
  const t = useT();
  const name = useId();
  const reader = useReader();
  const title = useClusterNames().find((one) => one.scope === scope)?.title ?? scope;
  const [width, setWidth] = useState<Width>("this");
  const [until, setUntil] = useState<Instant | null>(null);
  const [reason, setReason] = useState("");
  const deed = useNewSilence();
  const missing =
    until === null ? t("alertsPage.untilMissing") : reason.trim() === "" ? t("alertsPage.reasonMissing") : null;
  const send = async () => {
    if (until === null) return;
    const match = {
      rule: width === "subject" ? null : rule,
      subject: width === "rule" ? null : subject,
      severity: null,
    };
    if (await deed.run({ kind: "silence", scope, match, reason: reason.trim(), from: null, until })) onClose();
  };
  return (
    <DeedDrawer
      title={t("alertsPage.silenceTitle")}
      about={<p>{t("alertsPage.silenceAbout", { cluster: title })}</p>}
      deed={t("alertsPage.silenceDeed")}
      missing={missing}
      running={deed.running}
      problem={deed.problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <WordsField
        label={t("alertsPage.reason")}
        hint={t("alertsPage.noteHint", { name: reader?.name ?? "" })}
        value={reason}
        onChange={setReason}
      />
      <Choices title={t("alertsPage.quietAbout")}>
        {WIDTHS.map((one) => (
          <Choice
            key={one}
            name={name}
            value={one}
            checked={width === one}
            onChoose={() => setWidth(one)}
            label={t(`alertsPage.width.${one}`, { rule: ruleName(t, rule), subject })}
          />
        ))}
      </Choices>
      <UntilField from={null} until={until} onUntil={setUntil} />
    </DeedDrawer>
  );
}
