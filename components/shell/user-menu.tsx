"use client";
import { Bell, LogOut, ScrollText, UserRound } from "lucide-react";
import Link from "next/link";
import { MENU_ITEM, Menu } from "@/components/ui/menu";
import { signOut } from "@/lib/client/auth";
import { useT } from "@/lib/client/i18n";
import { alertsPath, auditPath } from "@/lib/client/paths";
import type { Theme } from "@/lib/client/preferences";
import { LocaleOptions, ThemeOptions } from "./preference-menus";

export type Person = { readonly name: string; readonly role: "viewer" | "operator" | "admin" };

/** Ends the session and leaves the page, whatever is shown on it. */
export async function leave(): Promise<void> {
  await signOut();
  window.location.assign("/sign-in");
}

export function UserMenu(props: { person: Person; theme: Theme }) {
  const t = useT();
  const { name, role } = props.person;
  return (
    <Menu
      label={t("user.menu", { name, role: t(`user.role.${role}`) })}
      align="end"
      button={
        <>
          <UserRound size={16} aria-hidden="true" className="shrink-0" />
          <span className="clip-name hidden max-w-32 sm:inline">{name}</span>
        </>
      }
    >
      <div className="border-b border-line px-2.5 pt-1 pb-2">
        <p className="clip-name max-w-56 text-sm font-medium" title={name}>
          {name}
        </p>
        <p className="text-xs text-ink-3">{t(`user.role.${role}`)}</p>
      </div>
      <div className="mt-1 border-b border-line pb-1 sm:hidden">
        <LocaleOptions />
        <div className="mt-1 border-t border-line pt-1">
          <ThemeOptions initial={props.theme} />
        </div>
      </div>
      <Link href={alertsPath()} prefetch={false} className={`${MENU_ITEM} mt-1`}>
        <Bell size={16} aria-hidden="true" className="text-ink-3" />
        {t("alertsPage.link")}
      </Link>
      {role === "admin" ? (
        <Link href={auditPath()} prefetch={false} className={`${MENU_ITEM} mt-1`}>
          <ScrollText size={16} aria-hidden="true" className="text-ink-3" />
          {t("auditPage.link")}
        </Link>
      ) : null}
      <button type="button" className={`${MENU_ITEM} mt-1`} onClick={() => void leave()}>
        <LogOut size={16} aria-hidden="true" className="text-ink-3" />
        {t("user.signOut")}
      </button>
    </Menu>
  );
}
