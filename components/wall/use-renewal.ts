"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { clusterKeys } from "@/lib/client/keys";
import { useLiveStore } from "@/lib/client/live-provider";
import { feedAnswers, renewPage } from "@/lib/client/renewal";
import { useAtLiveTick } from "@/lib/client/use-live";
import type { Feed } from "@/lib/client/use-unfed";
import type { Held } from "@/lib/contract/stream";

const AGAIN_MS = 5_000;
const ACCESS_EVERY_MS = 20_000;

/**
 * Loads the page anew by itself: when the server that feeds it is another process than the one that drew it, since it may be another version,
 * and when it is let in again after it was not.
 */
export function useRenewal(scopes: readonly string[], boot: string, feed: Feed): void {
  const client = useQueryClient();
  const key = scopes.join(",");
  // Pictures that were polled carry a made-up boot, since nothing tells from which process they came.
  const other = useAtLiveTick(() =>
    scopes.some((scope) => {
      const held = client.getQueryData<Held>(clusterKeys.snapshot(scope))?.boot ?? "";
      return boot !== "" && held !== "" && held !== boot && !held.startsWith("poll ");
    }),
  );
  // The server knows a cluster of ours no more: what it would draw now is another page.
  const { view } = useLiveStore();
  const gone = useAtLiveTick(() => view().link.status === 404);
  useEffect(() => {
    if (!other && !gone) return;
    void renewPage();
    const timer = setInterval(() => void renewPage(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [other, gone]);
  useEffect(() => {
    if (feed !== "over") return;
    const look = async () => {
      if (await feedAnswers(key === "" ? [] : key.split(","))) await renewPage();
    };
    const timer = setInterval(() => void look(), ACCESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [feed, key]);
}
