"use client";
import { useState } from "react";
import { ReadingFailed } from "@/components/status/reading-failed";
import { HinderedButton } from "@/components/ui/hindered-button";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useWalls } from "@/lib/client/walls";
import type { WallLink } from "@/lib/contract/walls";
import { NewWallDrawer } from "./new-wall-drawer";
import { WallItem } from "./wall-item";
import { WallLinkDrawer } from "./wall-link";

/** Displays on walls: which there are, and the links by which they sign in. */
export function WallsPage() {
  const t = useT();
  const { walls, problem, again } = useWalls();
  const [drawer, setDrawer] = useState<"new" | WallLink | null>(null);
  const close = () => setDrawer(null);
  return (
    <main
      id="content"
      tabIndex={-1}
      data-page="walls"
      className="mx-auto flex w-full max-w-[80rem] flex-col gap-4 px-3 py-4 outline-none sm:px-5"
    >
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-lg font-semibold">{t("walls.title")}</h1>
          <p className="max-w-4xl text-sm text-ink-2">{t("walls.intro")}</p>
        </div>
        <HinderedButton hindrance={null} look="strong" onClick={() => setDrawer("new")}>
          {t("walls.new")}
        </HinderedButton>
      </header>
      {problem ? <ReadingFailed words="walls" problem={problem} old={walls !== null} onRetry={again} /> : null}
      {walls === null ? null : (
        <Panel title={t("walls.list")} flush>
          {walls.length === 0 ? (
            <div className="px-4 pb-4">
              <Nothing>{t("walls.none")}</Nothing>
            </div>
          ) : (
            <ul className="divide-y divide-line border-t border-line">
              {walls.map((wall) => (
                <WallItem key={wall.id} wall={wall} onLink={setDrawer} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {drawer === "new" ? <NewWallDrawer onMade={setDrawer} onClose={close} /> : null}
      {drawer !== null && drawer !== "new" ? <WallLinkDrawer made={drawer} onClose={close} /> : null}
    </main>
  );
}
