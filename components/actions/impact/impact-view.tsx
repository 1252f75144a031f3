"use client";
import { useT } from "@/lib/client/i18n";
import type { Impact } from "@/lib/domain/actions/plan";
import type { Message } from "@/lib/domain/message";
import { messageText } from "@/lib/format/message";
import { Backend } from "./backend";
import { Candidates } from "./candidates";
import { Clients } from "./clients";
import { ConfigurationChanges } from "./configuration";
import { Gap } from "./gap";
import { NextFailures } from "./next-failures";
import { Reinit } from "./reinit";
import { ImpactSection } from "./section";

/** What an action would do, as far as it is known before. */
export function ImpactView(props: {
  impact: Impact;
  /** Two columns where there is room for them. */
  wide: boolean;
}) {
  const { impact } = props;
  const t = useT();
  const nothing =
    impact.clients.length + impact.candidates.length + impact.routing.length + impact.touches.length === 0 &&
    impact.writeGap === null &&
    impact.nextFailures === null &&
    impact.reinit === null &&
    impact.configuration === null &&
    impact.backend === null;
  return (
    <section aria-labelledby="impact" className="min-w-0">
      <h3 id="impact" className="mb-2 text-base font-semibold">
        {t("actionDialog.whatItDoes")}
      </h3>
      {nothing ? <p className="text-sm text-ink-3">{t("actionDialog.nothingKnown")}</p> : null}
      <div className={props.wide ? "gap-x-8 lg:columns-2" : ""}>
        {impact.reinit === null ? null : <Reinit reinit={impact.reinit} />}
        {impact.backend === null ? null : <Backend backend={impact.backend} />}
        {impact.configuration === null ? null : <ConfigurationChanges configuration={impact.configuration} />}
        {impact.writeGap === null ? null : <Gap gap={impact.writeGap} />}
        {impact.candidates.length === 0 ? null : <Candidates candidates={impact.candidates} />}
        {impact.clients.map((clients) => (
          <Clients key={clients.member} clients={clients} />
        ))}
        <Sentences name="touches" title={t("actionDialog.impact.touches")} texts={impact.touches} />
        <Sentences name="routing" title={t("actionDialog.impact.routing")} texts={impact.routing} />
        {impact.nextFailures === null ? null : <NextFailures failures={impact.nextFailures} />}
      </div>
    </section>
  );
}

function Sentences(props: { name: string; title: string; texts: readonly Message[] }) {
  const t = useT();
  if (props.texts.length === 0) return null;
  return (
    <ImpactSection name={props.name} title={props.title}>
      <ul className="mt-0.5 list-disc pl-4 text-sm">
        {props.texts.map((text) => (
          <li key={`${text.key} ${JSON.stringify(text.params)}`} className="wrap-anywhere">
            {messageText(t, text)}
          </li>
        ))}
      </ul>
    </ImpactSection>
  );
}
