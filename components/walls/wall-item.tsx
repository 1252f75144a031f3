"use client";
import { useState } from "react";
import { Refusal } from "@/components/actions/refusal";
import { Age } from "@/components/ui/age";
import { Badge, type Tone } from "@/components/ui/badge";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { useAtTick } from "@/lib/client/use-live";
import { useArmWall, useRevokeWall } from "@/lib/client/walls";
import type { WallLink } from "@/lib/contract/walls";
import { isLinkOpen, type Wall, type WallState, wallStateOf } from "@/lib/domain/wall";

const TONES: Readonly<Record<WallState, Tone>> = {
  waiting: "accent",
  expired: "warn",
  bound: "plain",
  revoked: "blind",
};

/** One wall: whether a browser is it, since when and from where, and when it last asked for anything. */
export function WallItem(props: { wall: Wall; onLink: (made: WallLink) => void }) {
  const { wall } = props;
  const t = useT();
  const clusters = useClusterNames();
  const state = useAtTick((now) => wallStateOf(wall, now));
  const rearmed = useAtTick((now) => wall.boundAt !== null && isLinkOpen(wall, now));
  const [asked, setAsked] = useState(false);
  const arm = useArmWall();
  const revoke = useRevokeWall();
  const busy = arm.running || revoke.running ? t("alertsPage.sending") : null;
  const sees = wall.scopes?.map((scope) => clusters.find((one) => one.scope === scope)?.title ?? scope).join(", ");
  const newLink = async () => {
    const made = await arm.run({ id: wall.id });
    if (made) props.onLink(made);
  };
  const problem = revoke.problem ?? arm.problem;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3 text-sm" data-wall={wall.id} data-state={state}>
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="font-medium wrap-anywhere">{wall.title}</span>
          <Badge tone={TONES[state]}>{t(`walls.state.${state}`)}</Badge>
          {rearmed ? <Badge tone="accent">{t("walls.rearmed")}</Badge> : null}
        </p>
        <p className="wrap-anywhere text-ink-2">
          {t("walls.sees")}: {sees ?? t("walls.everyCluster")}
        </p>
        <p className="text-xs text-ink-2">
          {t("walls.madeBy", { name: wall.createdBy })} <Age at={wall.createdAt} />
          {wall.boundAt === null ? null : (
            <>
              {" · "}
              {t("walls.boundFrom", { from: wall.boundFrom ?? t("format.unknown") })} <Age at={wall.boundAt} />
              {" · "}
              {t("walls.seen")} <Age at={wall.seenAt} />
            </>
          )}
          {wall.revoked === null ? null : (
            <>
              {" · "}
              {t("walls.revokedBy", { name: wall.revoked.by })} <Age at={wall.revoked.at} />
            </>
          )}
        </p>
        {problem === null ? null : <Refusal title={t("alertsPage.notDone")} problem={problem} acting />}
      </div>
      {state === "revoked" ? null : (
        <div className="flex flex-wrap items-start gap-2">
          <HinderedButton
            hindrance={busy}
            label={t("walls.newLinkOf", { title: wall.title })}
            onClick={() => void newLink()}
          >
            {t("walls.newLink")}
          </HinderedButton>
          {asked ? (
            <>
              <HinderedButton
                hindrance={busy}
                look="strong"
                label={t("walls.revokeSurely", { title: wall.title })}
                onClick={() => void revoke.run({ id: wall.id }).then(() => setAsked(false))}
              >
                {t("walls.revokeYes")}
              </HinderedButton>
              <HinderedButton hindrance={null} onClick={() => setAsked(false)}>
                {t("walls.revokeNo")}
              </HinderedButton>
            </>
          ) : (
            <HinderedButton
              hindrance={busy}
              label={t("walls.revokeOf", { title: wall.title })}
              onClick={() => setAsked(true)}
            >
              {t("walls.revoke")}
            </HinderedButton>
          )}
        </div>
      )}
    </li>
  );
}
