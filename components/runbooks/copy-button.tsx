"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/lib/client/copy-text";
import { useT } from "@/lib/client/i18n";

const SAID_MS = 2_000;

/** Copies with one click, and says whether it did. `label`: what is copied, for whoever does not see it. */
export function CopyButton(props: { text: string; label: string }) {
  const t = useT();
  const [said, setSaid] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(props.text)) ? "copied" : "failed");
  const Icon = said === "copied" ? Check : Copy;
  return (
    <span className="flex shrink-0 items-center">
      <button
        type="button"
        aria-label={t("runbooks.copyThis", { what: props.label })}
        onClick={() => void copy()}
        className="inline-flex items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 py-1 text-xs text-ink hover:bg-raised"
      >
        <Icon size={14} aria-hidden="true" />
        {t(said === null ? "runbooks.copy" : `runbooks.${said}`)}
      </button>
      <span role="status" className="sr-only">
        {said === null ? "" : t(`runbooks.${said}`)}
      </span>
    </span>
  );
}
