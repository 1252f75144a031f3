"use client";
import { useId } from "react";
import { useT } from "@/lib/client/i18n";
import type { CandidateImpact } from "@/lib/domain/actions/plan";
import type { MemberName } from "@/lib/domain/ids";
import type { MemberView } from "@/lib/domain/snapshot";
import { formatLagBytes } from "@/lib/format/lag";
import { messageText } from "@/lib/format/message";
import { lossText } from "../impact/loss-text";
import { Choice, Choices } from "./choice";

/**
 * Who shall lead: every other member, with what would be lost or, before there is a plan, how far behind it is. One that may not lead can
 * be chosen all the same: the plan then says what stands against it. `any`: whether Patroni may choose.
 */
export function CandidatePicker(props: {
  members: readonly MemberView[];
  receipts: readonly CandidateImpact[];
  chosen: MemberName | null;
  any: boolean;
  /** False until somebody was chosen. */
  made: boolean;
  onChoose: (member: MemberName | null) => void;
}) {
  const t = useT();
  const name = useId();
  const others = props.members.filter(({ role }) => role !== "leader" && role !== "standby-leader");
  return (
    <Choices title={t("actionDialog.candidate.title")} columns>
      {props.any ? (
        <Choice
          name={name}
          value=""
          checked={props.made && props.chosen === null}
          onChoose={() => props.onChoose(null)}
          label={t("actionDialog.candidate.any")}
          hint={t("actionDialog.candidate.anyHint")}
        />
      ) : null}
      {others.length === 0 ? <p className="text-sm text-warn">{t("actionDialog.candidate.none")}</p> : null}
      {others.map((member) => {
        const receipt = props.receipts.find((one) => one.member === member.name);
        return (
          <Choice
            key={member.name}
            name={name}
            value={member.name}
            checked={props.made && props.chosen === member.name}
            onChoose={() => props.onChoose(member.name)}
            label={member.name}
            hint={
              receipt === undefined ? (
                `${t(`role.${member.role}`)} · ${t("actionDialog.candidate.lag", { lag: formatLagBytes(t, member.lag.replayBytes) })}`
              ) : (
                <>
                  {t(`role.${member.role}`)}
                  {receipt.basis === "none"
                    ? null
                    : ` · ${t("actionDialog.candidate.loss", { loss: lossText(t, receipt) })}`}
                  {receipt.eligible ? null : (
                    <span className="block font-medium text-warn">
                      {t("actionDialog.impact.notEligible")}
                      {receipt.reason === null ? null : `: ${messageText(t, receipt.reason)}`}
                    </span>
                  )}
                </>
              )
            }
          />
        );
      })}
    </Choices>
  );
}
