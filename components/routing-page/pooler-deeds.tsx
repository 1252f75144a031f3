"use client";
import { useActionDialog, useActionScope } from "@/components/actions/action-context";
import { useHindrance } from "@/components/actions/use-hindrance";
import { Menu } from "@/components/ui/menu";
import { MENU_GROUP, MenuChoice } from "@/components/ui/menu-choice";
import { useT } from "@/lib/client/i18n";
import { memberName } from "@/lib/domain/ids";
import type { PgbouncerView } from "@/lib/domain/snapshot";

const DEEDS = ["pgbouncer-pause", "pgbouncer-resume", "pgbouncer-reconnect"] as const;

/** Holding back the clients of one PgBouncer, letting them go on, and renewing its connections: of every database or of one. */
export function PoolerDeeds(props: { pooler: PgbouncerView }) {
  const { member: name, pools } = props.pooler;
  const scope = useActionScope();
  const t = useT();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (scope === null || hindranceOf === null) return null;
  const member = memberName(name);
  // The console itself is listed as a database of its own.
  const databases = [...new Set(pools.map(({ database }) => database))].filter((one) => one !== "pgbouncer").sort();
  const titleOf = (database: string | null) =>
    database === null ? t("routingActions.pooler.onAll") : t("routingActions.pooler.on", { database });
  return (
    <Menu float label={t("routingActions.pooler.label", { member: name })} button={t("routingActions.pooler.button")}>
      {[null, ...databases].map((database) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of lines of a menu, not of a form
        <div key={database ?? ""} role="group" aria-label={titleOf(database)}>
          <p aria-hidden="true" className={MENU_GROUP}>
            {titleOf(database)}
          </p>
          {DEEDS.map((action) => {
            const ask = { action, member, database } as const;
            return (
              <MenuChoice key={action} hindrance={hindranceOf(ask)} onChoose={() => open(scope, ask)}>
                {t(`routingActions.pooler.${action}`)}
              </MenuChoice>
            );
          })}
        </div>
      ))}
    </Menu>
  );
}
