"use client";
import { useT } from "@/lib/client/i18n";
import type { Difference } from "@/lib/domain/configuration/compare";
import { type RevertObstacle, revertOf } from "@/lib/domain/configuration/revert";
import { effectOf } from "@/lib/domain/configuration/settings";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ChangeButton } from "./change-button";
import { Differences, Told } from "./differences";

/**
 * What would be put back, against the configuration in force, and what cannot be and why. A change that can be put back only in part is
 * not put back by one button: what is left of it is for a person to edit.
 */
export function RevertPanel(props: {
  differences: readonly Difference[];
  /** False where the record does not list all that the change changed. */
  whole: boolean;
  snapshot: Snapshot;
}) {
  const { snapshot, differences } = props;
  const t = useT();
  const live = snapshot.configuration;
  if (live === null) return <p className="text-blind">{t("configurationPage.unseen")}</p>;
  const { patch, restores, obstacles, already } = revertOf(differences, live.value);
  const clean = props.whole && obstacles.length === 0;
  return (
    <section
      aria-label={t("configurationPage.revert.title")}
      className="flex flex-col gap-3 rounded-md border border-line-strong bg-raised p-3"
      data-revert={restores.length === 0 ? "nothing" : clean ? "clean" : "partly"}
    >
      {!props.whole ? <p className="text-warn">{t("configurationPage.revert.notWhole")}</p> : null}
      {obstacles.length > 0 ? (
        <>
          <p className="font-medium text-warn">
            {t("configurationPage.revert.obstacles", { count: obstacles.length, of: differences.length })}
          </p>
          <ul className="flex flex-col gap-2">
            {obstacles.map((one) => (
              <Obstacle key={one.path} obstacle={one} />
            ))}
          </ul>
        </>
      ) : null}
      {already.length > 0 ? (
        <p className="text-ink-2 wrap-anywhere">
          {t("configurationPage.revert.already", { count: already.length, paths: already.join(", ") })}
        </p>
      ) : null}
      {restores.length > 0 ? (
        <Differences label={t("configurationPage.revert.restores")} differences={restores} effectOf={effectOf} />
      ) : null}
      {restores.length > 0 && clean ? (
        <div>
          <ChangeButton snapshot={snapshot} revision={live.revision} patch={patch}>
            {t("configurationPage.revert.go")}
          </ChangeButton>
        </div>
      ) : restores.length > 0 ? (
        <p className="text-ink-2">{t("configurationPage.revert.byHand")}</p>
      ) : obstacles.length === 0 ? (
        <p className="text-ink-2">{t("configurationPage.revert.nothing")}</p>
      ) : null}
    </section>
  );
}

function Obstacle(props: { obstacle: RevertObstacle }) {
  const { path, why, before, now } = props.obstacle;
  const t = useT();
  return (
    <li data-obstacle={why} className="text-xs">
      <p className="figures font-semibold wrap-anywhere">{path}</p>
      <p className="text-warn">{t(`configurationPage.revert.why.${why.replaceAll("-", "_")}`)}</p>
      {why === "secret" ? null : (
        <dl className="figures grid grid-cols-[auto_1fr] gap-x-3 text-ink-2">
          <dt className="text-ink-3">{t("configurationPage.revert.was")}</dt>
          <dd className="wrap-anywhere">
            <Told value={before} />
          </dd>
          <dt className="text-ink-3">{t("configurationPage.revert.now")}</dt>
          <dd className="wrap-anywhere">
            <Told value={now} />
          </dd>
        </dl>
      )}
    </li>
  );
}
