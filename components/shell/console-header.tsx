"use client";
import { Search } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useState } from "react";
import { HeaderBell } from "@/components/alerts/header-bell";
import { BrandMark } from "@/components/ui/brand-mark";
import { useT } from "@/lib/client/i18n";
import type { Theme } from "@/lib/client/preferences";
import { useCluster } from "@/lib/client/use-live";
import { ClusterSwitcher } from "./cluster-switcher";
import { CommandPalette } from "./command-palette";
import { LinkStatus } from "./link-status";
import { LocaleMenu, ThemeMenu } from "./preference-menus";
import { type Person, UserMenu } from "./user-menu";

/** The bar over every page of the console: where we are, whether what we see is alive, and who we are. */
export function ConsoleHeader(props: { person: Person; theme: Theme }) {
  const t = useT();
  const params = useParams<{ scope?: string }>();
  const scope = params.scope ? decodeURIComponent(params.scope) : null;
  const [palette, setPalette] = useState(false);
  return (
    <header className="sticky top-0 z-20 border-b print:hidden border-line bg-canvas/95 backdrop-blur-sm">
      <div className="mx-auto flex h-13 max-w-[120rem] items-center gap-1 px-3 sm:gap-2 sm:px-5">
        <Link href="/" className="mr-1 flex items-center gap-2 text-ink" aria-label={t("shell.home")}>
          <BrandMark />
          <span className="hidden font-semibold tracking-[-0.01em] lg:inline">Matriarch</span>
        </Link>
        <ClusterSwitcher scope={scope} />
        <div className="flex-1" />
        {scope === null ? <LinkStatus /> : <ClusterLinkStatus scope={scope} />}
        <HeaderBell />
        <button
          type="button"
          onClick={() => setPalette(true)}
          aria-label={t("palette.open")}
          className="hidden h-8 items-center gap-2 rounded-md border border-line px-2 text-xs text-ink-3 hover:border-line-strong hover:text-ink sm:flex"
        >
          <Search size={14} aria-hidden="true" />
          <kbd className="font-sans">{t("palette.keys")}</kbd>
        </button>
        <div className="hidden items-center sm:flex">
          <LocaleMenu />
          <ThemeMenu initial={props.theme} />
        </div>
        <UserMenu person={props.person} theme={props.theme} />
      </div>
      <CommandPalette role={props.person.role} open={palette} onOpenChange={setPalette} />
    </header>
  );
}

function ClusterLinkStatus(props: { scope: string }) {
  const { snapshot, stale } = useCluster(props.scope);
  return <LinkStatus at={snapshot?.at ?? null} stale={stale} />;
}
