"use client";
import { useActionDialog, useActionScope } from "@/components/actions/action-context";
import { useHindrance } from "@/components/actions/use-hindrance";
import { Menu } from "@/components/ui/menu";
import { MENU_GROUP, MenuChoice } from "@/components/ui/menu-choice";
import { useT } from "@/lib/client/i18n";
import { HAPROXY_SERVER_STATES } from "@/lib/domain/actions/request";

/** A server of a pool, on one HAProxy node or, with null, on every one. */
export type PoolPlace = { readonly server: string; readonly node: string | null };

/**
 * Setting servers of a pool to ready, drain or maintenance. `places`: what can be set from here, each under a title of its own. Nothing on
 * a picture of the past; what makes no sense now stays in the list and says why.
 */
export function PoolDeeds(props: {
  pool: string;
  label: string;
  places: readonly PoolPlace[];
  small?: boolean;
  titleOf: (place: PoolPlace) => string;
}) {
  const { pool, places } = props;
  const scope = useActionScope();
  const t = useT();
  const { open } = useActionDialog();
  const hindranceOf = useHindrance();
  if (scope === null || hindranceOf === null || places.length === 0) return null;
  return (
    <Menu
      float
      label={props.label}
      button={t("routingActions.server.button")}
      className={props.small ? "h-5! px-1! text-xs!" : "h-6! px-1.5!"}
    >
      {places.map((place) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of lines of a menu, not of a form
        <div key={`${place.node ?? ""} ${place.server}`} role="group" aria-label={props.titleOf(place)}>
          <p aria-hidden="true" className={MENU_GROUP}>
            {props.titleOf(place)}
          </p>
          {HAPROXY_SERVER_STATES.map((state) => {
            const ask = { action: "haproxy-server", pool, ...place, state } as const;
            return (
              <MenuChoice key={state} hindrance={hindranceOf(ask)} onChoose={() => open(scope, ask)}>
                {t(`routingActions.server.state.${state}`)}
              </MenuChoice>
            );
          })}
        </div>
      ))}
    </Menu>
  );
}

/** The menu of one server: on every node at once, or on one of them. */
export function ServerDeeds(props: { pool: string; server: string; nodes: readonly string[] }) {
  const { pool, server, nodes } = props;
  const t = useT();
  const all = nodes.length > 1 ? [{ server, node: null }] : [];
  return (
    <PoolDeeds
      pool={pool}
      label={t("routingActions.server.label", { pool, server })}
      places={[...all, ...nodes.map((node) => ({ server, node }))]}
      titleOf={({ node }) =>
        node === null ? t("routingActions.server.onAll") : t("routingActions.server.on", { node })
      }
    />
  );
}

/** The menu of one pool on one node: each of its servers. */
export function NodeDeeds(props: { pool: string; node: string; servers: readonly string[] }) {
  const { pool, node, servers } = props;
  const t = useT();
  return (
    <PoolDeeds
      pool={pool}
      label={t("routingActions.server.nodeLabel", { pool, node })}
      small
      places={servers.map((server) => ({ server, node }))}
      titleOf={({ server }) => server}
    />
  );
}
