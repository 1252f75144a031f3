"use client";
import { useT } from "@/lib/client/i18n";
import type { FailureKind } from "@/lib/domain/observation";

/** Why a look gave nothing: the kind in the reader's language, the source's own words after it. */
export function FailureText(props: { failure: { readonly kind: FailureKind; readonly text: string } }) {
  const t = useT();
  const { kind, text } = props.failure;
  return (
    <p className="mt-0.5 text-xs wrap-anywhere">
      <span className="font-medium text-warn">{t(`failure.${kind}`)}</span>
      {text === "" ? null : <span className="text-ink-2"> {text}</span>}
    </p>
  );
}
