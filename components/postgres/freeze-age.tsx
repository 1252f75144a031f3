"use client";
import { useT } from "@/lib/client/i18n";
import { type FreezeLevel, freezeLevel, xidsLeft } from "@/lib/domain/inspect/freeze";
import { formatNumber } from "@/lib/format/number";

const LOOK: Readonly<Record<FreezeLevel, string>> = {
  ok: "",
  due: "text-ink",
  late: "font-medium text-warn",
  critical: "font-semibold text-crit",
};

/** The age of transaction ids, and how far it is on the way to where autovacuum must begin to freeze. */
export function FreezeAge(props: { xidAge: number; freezeMaxAge: number }) {
  const t = useT();
  const level = freezeLevel(props.xidAge, props.freezeMaxAge);
  const part = props.freezeMaxAge > 0 ? props.xidAge / props.freezeMaxAge : 0;
  return (
    <span
      className={LOOK[level]}
      title={t("postgres.freeze.left", { left: formatNumber(t.locale, xidsLeft(props.xidAge)) })}
    >
      {formatNumber(t.locale, props.xidAge)}
      <span className="block text-2xs text-ink-3">
        {level === "ok" || level === "due"
          ? t("postgres.freeze.part", { part: formatNumber(t.locale, part * 100, part < 0.1 ? 1 : 0) })
          : t(`postgres.freeze.${level}`)}
      </span>
    </span>
  );
}
