"use client";
import { useState } from "react";
import { PLAIN_BUTTON } from "@/components/actions/buttons";
import { Moment } from "@/components/ui/age";
import { Drawer } from "@/components/ui/drawer";
import { copyText } from "@/lib/client/copy-text";
import { useT } from "@/lib/client/i18n";
import type { WallLink } from "@/lib/contract/walls";
import { QrPicture } from "./qr-picture";

/** A wall's new link, shown once: to be copied, or photographed from the screen by the display's own camera or a phone. */
export function WallLinkDrawer(props: { made: WallLink; onClose: () => void }) {
  const t = useT();
  const { wall, link } = props.made;
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Drawer title={t("walls.linkTitle", { title: wall.title })} closeLabel={t("walls.close")} onClose={props.onClose}>
      <div className="flex flex-col gap-4 text-sm" data-wall-link>
        <p className="text-ink-2">{t("walls.linkAbout")}</p>
        <p className="rounded-md border border-line bg-canvas px-3 py-2 font-mono text-xs wrap-anywhere select-all">
          {link}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <button type="button" className={PLAIN_BUTTON} onClick={() => void copyText(link).then(setCopied)}>
            {t("walls.copy")}
          </button>
          <span role="status" className={copied === false ? "text-warn" : "text-ink-2"}>
            {copied === null ? "" : t(copied ? "walls.copied" : "walls.notCopied")}
          </span>
        </div>
        {wall.linkUntil === null ? null : (
          <p className="text-ink-2">
            {t("walls.linkUntil")} <Moment at={wall.linkUntil} className="font-medium text-ink" />
          </p>
        )}
        <QrPicture text={link} label={t("walls.qr")} />
      </div>
    </Drawer>
  );
}
