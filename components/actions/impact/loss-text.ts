import type { CandidateImpact } from "@/lib/domain/actions/plan";
import { formatBytes } from "@/lib/format/bytes";
import { formatLagSeconds } from "@/lib/format/lag";
import type { Translate } from "@/lib/format/message";

/** What would be lost with this candidate, in words; what is not known is said so and is never nothing. */
export function lossText(t: Translate, candidate: CandidateImpact): string {
  if (candidate.basis === "none") return t("actionDialog.impact.loss.none");
  if (candidate.basis === "unknown" || candidate.lossBytes === null) return t("actionDialog.impact.loss.unknown");
  if (candidate.lossBytes === 0) return t("actionDialog.impact.loss.zero");
  const bytes = formatBytes(t, candidate.lossBytes);
  return candidate.lossSeconds === null
    ? t("actionDialog.impact.loss.estimate", { bytes })
    : t("actionDialog.impact.loss.estimateSeconds", { bytes, seconds: formatLagSeconds(t, candidate.lossSeconds) });
}
