"use client";
import { clsx } from "clsx";
import { Bell } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { alertsPath } from "@/lib/client/paths";
import { useSnapshots } from "@/lib/client/use-live";
import { groupOf, openAlerts } from "./groups";

/** The way to the alerts, with how many fire that nobody has taken on. Without any it is as quiet as the rest of the bar. */
export function HeaderBell() {
  const t = useT();
  const held = useSnapshots(useClusterNames().map(({ scope }) => scope));
  const alerts = openAlerts(held.flatMap((snapshot) => snapshot?.attention?.alerts ?? []));
  const firing = alerts.filter((alert) => alert.state === "firing" && groupOf(alert) === "firing");
  const critical = firing.some(({ severity }) => severity === "critical");
  return (
    <Link
      href={alertsPath()}
      prefetch={false}
      aria-label={t("alertsPage.bell", { count: firing.length })}
      title={t("alertsPage.bell", { count: firing.length })}
      data-firing={firing.length}
      className={clsx(
        "h-8 items-center gap-1 rounded-md px-1 text-ink-2 hover:bg-raised hover:text-ink sm:px-2",
        // A phone's bar has room for what calls alone; the way to the alerts is in the menu too.
        firing.length === 0 ? "hidden sm:flex" : "flex",
      )}
    >
      <Bell size={16} aria-hidden="true" />
      {firing.length === 0 ? null : (
        <Badge tone={critical ? "crit" : "warn"}>{t("findings.count", { count: firing.length })}</Badge>
      )}
    </Link>
  );
}
