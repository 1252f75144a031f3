"use client";
import { useT } from "@/lib/client/i18n";
import { formatSpan } from "@/lib/format/duration";

/** How long before or after the beginning of the outage: `−3.2 s`, `+840 ms`. */
export function Offset(props: { at: string; start: number | null }) {
  const t = useT();
  if (props.start === null) return <span />;
  const distance = Date.parse(props.at) - props.start;
  return (
    <span className="figures text-right text-ink-3">
      {distance < 0 ? "−" : "+"}
      {formatSpan(t, Math.abs(distance))}
    </span>
  );
}
