"use client";
import { FailureText } from "@/components/sources/failure-text";
import { StatusMark } from "@/components/status/status-mark";
import { useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { BackupPlace, BackupSourceView } from "@/lib/domain/backups/view";
import { placeName } from "./source-title";

/** Who was asked, and what each of them sees: the evidence, to be clicked through to. */
export function PlacesList(props: { source: BackupSourceView; onSource: (ids: readonly string[]) => void }) {
  const { source } = props;
  const t = useT();
  return (
    <div>
      <h3 className="text-xs font-medium text-ink-3">{t(`backups.seenFrom.${source.via}`)}</h3>
      {source.places.length === 0 ? (
        <p className="mt-1 text-sm text-blind">{t("backups.noPlace")}</p>
      ) : (
        <ul className="mt-1 grid gap-1 sm:grid-cols-2 2xl:grid-cols-3">
          {source.places.map((place) => (
            <Place key={place.sourceId} place={place} onSource={props.onSource} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Place(props: { place: BackupPlace; onSource: (ids: readonly string[]) => void }) {
  const { place } = props;
  const t = useT();
  const trust = useTrust(place.trust);
  const level = trust === "fresh" ? "ok" : place.failure && trust === "unknown" ? "warn" : "blind";
  return (
    <li data-place={place.place} data-trust={trust}>
      <button
        type="button"
        title={t("sources.open")}
        onClick={() => props.onSource([place.sourceId])}
        className="flex w-full min-w-0 items-start gap-2 rounded-md border border-line px-2.5 py-1.5 text-left text-sm hover:bg-raised"
      >
        <StatusMark level={level} size={14} className="mt-[3px]" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2">
            <span className="clip-name font-medium" title={placeName(t, place.place)}>
              {placeName(t, place.place)}
            </span>
            <Age at={place.at} className={trust === "fresh" ? "text-xs text-ink-3" : "text-xs text-blind"} />
          </span>
          <span className="block text-xs text-ink-2">
            {place.count === null ? t("format.unknown") : t("backups.seesCount", { count: place.count })}
            {place.lockHeld === true ? ` · ${t("backups.lockHeld")}` : ""}
          </span>
          {place.failure ? <FailureText failure={place.failure} /> : null}
        </span>
      </button>
    </li>
  );
}
