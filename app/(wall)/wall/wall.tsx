import "server-only";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { readWallOptions } from "@/components/wall/options";
import { WallNotice } from "@/components/wall/wall-notice";
import { WallPage } from "@/components/wall/wall-page";
import { WallEntry } from "@/components/walls/wall-entry";
import { currentViewer } from "@/lib/auth/current-viewer";
import { LiveProvider, type Seed } from "@/lib/client/live-provider";
import { config } from "@/lib/config/current";
import { instant } from "@/lib/domain/ids";
import { wallSees } from "@/lib/domain/wall";
import { live } from "@/lib/live/current";

export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The wall of one cluster, or of all that its viewer may see (`scope` null); a notice in large letters where nobody may look. */
export async function Wall(props: { scope: string | null; search: Search }) {
  await connection();
  const search = await props.search;
  // The link of a wall: nothing is shown before its token is exchanged and out of the address.
  if (search.token !== undefined) return <WallEntry />;
  const viewer = await currentViewer();
  if (viewer.kind !== "user" && viewer.kind !== "wall") return <WallNotice about={viewer.kind} />;
  const mayBeSeen = viewer.kind === "wall" ? viewer.actor.scopes : null;
  const { scope } = props;
  const clusters = config()
    .clusters.filter((one) => scope === null || one.scope === scope)
    .filter((one) => wallSees(mayBeSeen, one.scope))
    .map(({ scope: name, title, environment }) => ({ scope: name, title, environment }));
  if (scope !== null && clusters.length === 0) notFound();
  const options = readWallOptions(search);
  const seed = seedOf(clusters.map((one) => one.scope));
  return (
    <LiveProvider clusters={clusters} seed={seed}>
      <WallPage boot={seed.boot} options={options} />
    </LiveProvider>
  );
}

/** What the server knows now, so that the first paint already shows the clusters. */
function seedOf(scopes: readonly string[]): Seed {
  const store = live();
  const snapshots = scopes.flatMap((scope) => store?.snapshot(scope) ?? []);
  return { boot: store?.boot ?? "", now: instant(Date.now()), snapshots };
}
