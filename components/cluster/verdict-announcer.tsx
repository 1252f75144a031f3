"use client";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/lib/client/i18n";
import type { WritePath } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

/** Tells a screen reader when the verdict changes, and only then: figures that tick are not news. */
export function VerdictAnnouncer(props: { writePath: WritePath; stale: boolean }) {
  const t = useT();
  const { state, code, writer } = props.writePath;
  const identity = props.stale ? "stale" : `${state}/${code}/${writer ?? ""}`;
  const text = props.stale ? t("verdict.stale") : messageText(t, props.writePath.message);
  const known = useRef(identity);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (known.current === identity) return;
    known.current = identity;
    setSaid(text);
  }, [identity, text]);
  return (
    <p aria-live="polite" aria-atomic="true" className="sr-only">
      {said}
    </p>
  );
}
