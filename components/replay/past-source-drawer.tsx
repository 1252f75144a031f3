"use client";
import { FailureText } from "@/components/sources/failure-text";
import { Age } from "@/components/ui/age";
import { Drawer } from "@/components/ui/drawer";
import { useT } from "@/lib/client/i18n";
import type { SourceView } from "@/lib/domain/snapshot";
import { formatLatency } from "@/lib/format/duration";

/** What a past picture knows of its sources. Raw answers are not kept, and today's must not pass for those of then. */
export function PastSourceDrawer(props: {
  ids: readonly string[];
  sources: readonly SourceView[];
  onClose: () => void;
}) {
  const t = useT();
  const shown = props.sources.filter(({ id }) => props.ids.includes(id));
  return (
    <Drawer title={t("replay.sources")} closeLabel={t("drawer.close")} onClose={props.onClose}>
      <p className="mb-4 text-sm text-ink-2">{t("replay.noRawAnswers")}</p>
      <ul className="flex flex-col gap-4">
        {shown.map((source) => (
          <li key={source.id}>
            <p className="font-semibold wrap-anywhere">
              {t(`sources.kind.${source.kind}`)} · {source.target}
            </p>
            <p className="mt-0.5 text-sm text-ink-2">
              {t("drawer.answered")} <Age at={source.lastOkAt} />
              {source.latencyMs === null ? null : (
                <> · {t("drawer.took", { took: formatLatency(t, source.latencyMs) })}</>
              )}
            </p>
            {source.error ? <FailureText failure={source.error} /> : null}
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
