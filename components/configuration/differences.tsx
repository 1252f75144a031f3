"use client";
import { clsx } from "clsx";
import { Badge, type Tone } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { ConfigurationEffect } from "@/lib/domain/actions/plan";
import type { Difference } from "@/lib/domain/configuration/compare";

const TONE: Readonly<Record<ConfigurationEffect, Tone>> = {
  reload: "plain",
  patroni: "plain",
  restart: "warn",
  unknown: "blind",
};

/** Settings with what they are and what they become; where `effectOf` is given, how each comes into force. Told by sign and word. */
export function Differences(props: {
  label: string;
  differences: readonly Difference[];
  effectOf?: (path: string) => ConfigurationEffect;
}) {
  const t = useT();
  const { effectOf } = props;
  return (
    <ul
      aria-label={props.label}
      className="figures flex flex-col gap-2 text-xs"
      data-differences={props.differences.length}
    >
      {props.differences.map(({ path, before, after }) => (
        <li key={path} data-path={path}>
          <p className="flex flex-wrap items-baseline gap-x-2 font-semibold">
            <span className="wrap-anywhere">{path}</span>
            {effectOf ? (
              <Badge tone={TONE[effectOf(path)]} className="font-sans">
                {t(`configurationPage.effect.${effectOf(path)}`)}
              </Badge>
            ) : null}
          </p>
          <Side sign="−" word={t("configurationPage.before")} value={before} className="bg-crit-soft text-ink-2" />
          <Side sign="+" word={t("configurationPage.after")} value={after} className="bg-accent-soft" />
        </li>
      ))}
    </ul>
  );
}

function Side(props: { sign: string; word: string; value: unknown; className: string }) {
  return (
    <div className={clsx("grid grid-cols-[1rem_1fr] rounded-xs px-1.5", props.className)}>
      <span aria-hidden="true">{props.sign}</span>
      <div className="min-w-0 wrap-anywhere">
        <span className="sr-only">{props.word} </span>
        <Told value={props.value} />
      </div>
    </div>
  );
}

/** A value as one reads it: a list by its items, a text without quotes, and what is not set as such. */
export function Told(props: { value: unknown }) {
  const t = useT();
  const { value } = props;
  if (value === null || value === undefined) return <i>{t("configurationPage.notSet")}</i>;
  if (Array.isArray(value) && value.length > 0) {
    return (
      <ol>
        {value.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules may repeat, and only their order means something
          <li key={at}>{typeof item === "string" ? item : JSON.stringify(item)}</li>
        ))}
      </ol>
    );
  }
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
