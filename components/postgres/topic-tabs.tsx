"use client";
import { useT } from "@/lib/client/i18n";
import { INSPECT_VIEWS, type InspectPlace, placePath } from "@/lib/client/inspect-view";
import { Pick, Picks } from "./picks";

/** What is looked at. */
export function TopicTabs(props: { scope: string; place: InspectPlace }) {
  const t = useT();
  return (
    <Picks label={t("postgres.topic")}>
      {INSPECT_VIEWS.map((view) => (
        <Pick
          key={view}
          href={placePath(props.scope, { ...props.place, view, database: null })}
          chosen={view === props.place.view}
        >
          {t(`postgres.view.${view}`)}
        </Pick>
      ))}
    </Picks>
  );
}
