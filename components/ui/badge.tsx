import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Tone = "plain" | "accent" | "warn" | "crit" | "blind" | "production";

const TONES: Readonly<Record<Tone, string>> = {
  plain: "border-line text-ink-2",
  accent: "border-accent/50 text-accent",
  warn: "border-warn-line bg-warn-soft text-warn",
  crit: "border-crit-line bg-crit-soft text-crit",
  blind: "border-blind-line border-dashed bg-blind-soft text-blind",
  production: "border-production bg-production text-production-ink font-semibold",
};

export function Badge(props: { tone?: Tone; title?: string; className?: string; children: ReactNode }) {
  return (
    <span
      title={props.title}
      className={clsx(
        "inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 text-2xs leading-[18px] font-medium whitespace-nowrap",
        TONES[props.tone ?? "plain"],
        props.className,
      )}
    >
      {props.children}
    </span>
  );
}

/** True for an environment whose name says that it is production. */
export const isProduction = (environment: string | null): boolean => /^(prod|прод|боев)/i.test(environment ?? "");

/** Free text from the configuration; only `production` is filled, so that it cannot be taken for anything else. */
export function EnvironmentBadge(props: { environment: string | null }) {
  if (props.environment === null || props.environment === "") return null;
  return <Badge tone={isProduction(props.environment) ? "production" : "plain"}>{props.environment}</Badge>;
}
