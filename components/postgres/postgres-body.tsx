"use client";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { leaderFirst, readPlace } from "@/lib/client/inspect-view";
import type { MemberView } from "@/lib/domain/snapshot";
import { ActivityView } from "./activity-view";
import { DatabasesView } from "./databases-view";
import { MemberPicker } from "./member-picker";
import { ReplicationView } from "./replication-view";
import { SettingsView } from "./settings-view";
import { StatementsView } from "./statements-view";
import { TablesView } from "./tables-view";
import { TopicTabs } from "./topic-tabs";
import { VacuumView } from "./vacuum-view";
import type { ViewProps } from "./view-props";
import { WalView } from "./wal-view";

export function PostgresBody(props: {
  scope: string;
  members: readonly MemberView[];
  query: { get(name: string): string | null };
}) {
  const t = useT();
  const members = leaderFirst(props.members);
  const place = readPlace(props.query, members);
  if (place.member === null) {
    return (
      <Panel title={t("postgres.title")}>
        <Nothing>{t("members.none")}</Nothing>
      </Panel>
    );
  }
  return (
    <>
      <div className="flex flex-col gap-2">
        <MemberPicker scope={props.scope} members={members} place={place} />
        <TopicTabs scope={props.scope} place={place} />
      </div>
      <div className="flex min-w-0 flex-col gap-4" key={`${place.member} ${place.view} ${place.database}`}>
        <View scope={props.scope} place={place} member={place.member} />
      </div>
    </>
  );
}

function View(props: ViewProps) {
  switch (props.place.view) {
    case "activity":
      return <ActivityView {...props} />;
    case "replication":
      return <ReplicationView {...props} />;
    case "wal":
      return <WalView {...props} />;
    case "databases":
      return <DatabasesView {...props} />;
    case "tables":
      return <TablesView {...props} />;
    case "vacuum":
      return <VacuumView {...props} />;
    case "statements":
      return <StatementsView {...props} />;
    case "settings":
      return <SettingsView scope={props.scope} />;
  }
}
