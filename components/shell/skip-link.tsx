"use client";
import { useT } from "@/lib/client/i18n";

export function SkipLink() {
  const t = useT();
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-ink focus:px-4 focus:py-2 focus:text-canvas"
    >
      {t("shell.skip")}
    </a>
  );
}
