"use client";
import { Command } from "cmdk";
import { useParams, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { ActionPalette } from "@/components/actions/action-palette";
import { RunbookPalette } from "@/components/runbooks/runbook-palette";
import { useT } from "@/lib/client/i18n";
import { type ClusterName, useClusterNames } from "@/lib/client/live-provider";
import {
  alertsPath,
  auditPath,
  CLUSTER_PAGES,
  clusterPagePath,
  clusterPath,
  memberPath,
  wallPath,
  wallsPath,
} from "@/lib/client/paths";
import { chooseLocale, chooseTheme, type Theme } from "@/lib/client/preferences";
import { useCluster } from "@/lib/client/use-live";
import { LOCALES } from "@/lib/format/locale";
import { leave, type Person } from "./user-menu";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const ITEM =
  "flex cursor-pointer items-center gap-2 rounded-md px-3 py-2 text-sm text-ink data-[selected=true]:bg-raised data-[selected=true]:text-accent";
const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3";

/** Any cluster, member or switch by typing: ⌘K or Ctrl-K from anywhere. */
export function CommandPalette(props: { role: Person["role"]; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { open, onOpenChange } = props;
  const t = useT();
  const router = useRouter();
  const clusters = useClusterNames();
  const { scope: shown } = useParams<{ scope?: string }>();
  const current = clusters.find(({ scope }) => shown !== undefined && scope === decodeURIComponent(shown));

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open, onOpenChange]);

  const run = (deed: () => void) => () => {
    onOpenChange(false);
    deed();
  };

  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label={t("palette.label")}
      loop
      contentClassName="fixed top-[12dvh] left-1/2 z-50 w-[min(38rem,94vw)] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-surface shadow-float"
    >
      <Command.Input
        placeholder={t("palette.placeholder")}
        className="w-full border-b border-line bg-transparent px-4 py-3.5 text-base outline-none placeholder:text-ink-3"
      />
      <Command.List className="max-h-[52dvh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-sm text-ink-3">{t("palette.nothing")}</Command.Empty>
        {current ? (
          <ActionPalette cluster={current} item={ITEM} group={GROUP} close={() => onOpenChange(false)} />
        ) : null}
        {current ? (
          <RunbookPalette cluster={current} item={ITEM} group={GROUP} go={(path) => run(() => router.push(path))()} />
        ) : null}
        <Command.Group heading={t("palette.clusters")} className={GROUP}>
          <Item value="fleet" keywords={[t("shell.fleet")]} onSelect={run(() => router.push("/"))}>
            {t("shell.fleet")}
          </Item>
          <Item value="alerts" keywords={[t("alertsPage.link")]} onSelect={run(() => router.push(alertsPath()))}>
            {t("alertsPage.link")}
          </Item>
          {props.role === "admin" ? (
            <Item value="audit" keywords={[t("auditPage.link")]} onSelect={run(() => router.push(auditPath()))}>
              {t("auditPage.link")}
            </Item>
          ) : null}
          {props.role === "admin" ? (
            <Item value="walls" keywords={[t("walls.link")]} onSelect={run(() => router.push(wallsPath()))}>
              {t("walls.link")}
            </Item>
          ) : null}
          <Item value="wall" keywords={[t("walls.link")]} onSelect={run(() => openWall(null))}>
            {t("walls.viewAll")}
          </Item>
          {clusters.map(({ scope, title }) => (
            <Item
              key={scope}
              value={`cluster ${scope}`}
              keywords={[title]}
              onSelect={run(() => router.push(clusterPath(scope)))}
            >
              <span className="clip-name">{title}</span>
              <span className="ml-auto text-xs text-ink-3">{scope}</span>
            </Item>
          ))}
        </Command.Group>
        {clusters.map((cluster) => (
          <Pages
            key={cluster.scope}
            cluster={cluster}
            go={(path) => run(() => router.push(path))()}
            wall={run(() => openWall(cluster.scope))}
          />
        ))}
        {clusters.map((cluster) => (
          <Members key={cluster.scope} cluster={cluster} go={(path) => run(() => router.push(path))()} />
        ))}
        <Command.Group heading={t("palette.settings")} className={GROUP}>
          {THEMES.map((theme) => (
            <Item key={theme} value={`theme ${theme}`} onSelect={run(() => chooseTheme(theme))}>
              {t("palette.theme", { theme: t(`theme.${theme}`) })}
            </Item>
          ))}
          {LOCALES.map((locale) => (
            <Item
              key={locale}
              value={`language ${locale}`}
              onSelect={run(() => {
                chooseLocale(locale);
                router.refresh();
              })}
            >
              {t(`palette.locale.${locale}`)}
            </Item>
          ))}
          <Item value="sign-out" keywords={[t("user.signOut")]} onSelect={run(() => void leave())}>
            {t("user.signOut")}
          </Item>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}

/** Beside the console, not in its place: a wall has no way back. */
const openWall = (scope: string | null) => void window.open(wallPath(scope), "_blank", "noopener");

/** The pages of one cluster and its wall; the overview is the cluster's own entry. */
function Pages(props: { cluster: ClusterName; go: (path: string) => void; wall: () => void }) {
  const t = useT();
  const { scope, title } = props.cluster;
  return (
    <Command.Group heading={t("palette.pagesOf", { title })} className={GROUP}>
      {CLUSTER_PAGES.filter((page) => page !== "overview").map((page) => (
        <Item
          key={page}
          value={`page ${scope} ${page}`}
          keywords={[t(`tabs.${page}`), title]}
          onSelect={() => props.go(clusterPagePath(scope, page))}
        >
          <span className="clip-name">{t(`tabs.${page}`)}</span>
          <span className="ml-auto text-xs text-ink-3">{scope}</span>
        </Item>
      ))}
      <Item value={`wall ${scope}`} keywords={[t("walls.link"), title]} onSelect={props.wall}>
        <span className="clip-name">{t("walls.view")}</span>
        <span className="ml-auto text-xs text-ink-3">{scope}</span>
      </Item>
    </Command.Group>
  );
}

function Members(props: { cluster: ClusterName; go: (path: string) => void }) {
  const t = useT();
  const { scope, title } = props.cluster;
  const { snapshot } = useCluster(scope);
  if (!snapshot || snapshot.members.length === 0) return null;
  return (
    <Command.Group heading={t("palette.membersOf", { title })} className={GROUP}>
      {snapshot.members.map(({ name, host }) => (
        <Item
          key={name}
          value={`member ${scope} ${name}`}
          keywords={host ? [host] : []}
          onSelect={() => props.go(memberPath(scope, name))}
        >
          <span className="clip-name">{name}</span>
          <span className="ml-auto text-xs text-ink-3">{host}</span>
        </Item>
      ))}
    </Command.Group>
  );
}

function Item(props: { value: string; keywords?: string[]; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={props.value}
      {...(props.keywords ? { keywords: props.keywords } : {})}
      onSelect={props.onSelect}
      className={ITEM}
    >
      {props.children}
    </Command.Item>
  );
}
