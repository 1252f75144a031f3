import { HOSTS, type HostName, type Truth, unsettled } from "@/lab/index";
import { expectPageAgrees } from "../pages/agreement-on-page";
import { ClusterPage } from "../pages/cluster-page";
import { expect } from "./fixtures";
import type { Observing } from "./observing";
import { readShown, unlikeStream } from "./page-recorder";

/** What every change of leader is held to: noticed in time, page and hosts agree after it, nothing false in between. */

export const isWell = (truth: Truth): boolean => unsettled(truth) === null;
const ledBy = (truth: Truth): HostName | undefined => HOSTS.find((host) => host === truth.leaderKey);

/** The page stops saying that all is well; prints how long that took. */
export async function noticed({ recorder }: Observing, from: number, deadlineMs: number): Promise<void> {
  const frame = await recorder.waitFor((snapshot) => snapshot.writePath.state !== "ok", {
    deadlineMs,
    what: "the page to notice",
    after: from,
  });
  console.log(`noticed after ${frame.arrivedAt - from} ms: ${frame.snapshot.writePath.sentence}`);
}

/** The key's time to live is 20 s; the rest is promotion, HAProxy's checks and the VIP. */
export function agreeOnSuccessor(watched: Observing, old: HostName): Promise<Truth> {
  return watched.agree({
    deadlineMs: 75_000,
    what: `page and hosts to agree on a successor of ${old}`,
    when(truth) {
      const leader = ledBy(truth);
      if (!leader || leader === old || !truth.vipHolders.includes(leader)) return false;
      const others = HOSTS.filter((host) => host !== old);
      return others.every((host) => truth.hosts[host]?.haproxy?.write[leader] === "UP");
    },
  });
}

export async function agreeAfterRepair(watched: Observing, page: ClusterPage["page"]): Promise<void> {
  const truth = await watched.agree({
    deadlineMs: 30_000,
    what: "page and hosts to agree after the repair",
    when: isWell,
  });
  const cluster = new ClusterPage(page);
  await cluster.showsHealthy(truth.leaderKey ?? "", 10_000);
  await expectPageAgrees(cluster, truth);
}

/** What was painted is what was streamed, and what was streamed was so. */
export async function finish(watched: Observing, page: ClusterPage["page"], what: string): Promise<void> {
  const { matched, wrong } = unlikeStream(await readShown(page), watched.recorder.frames);
  expect(wrong).toEqual([]);
  expect(matched).toBeGreaterThan(5);
  await watched.assertHonest(what);
}
