import type { Collectors } from "@/lib/collectors/current";
import type { ClusterConfig, Config } from "@/lib/config/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { type FilledRunbook, fillRunbook, type Say } from "@/lib/domain/runbooks/fill-runbook";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { createT, messageText, type Translate } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { builtInFolder, loadRunbooks, type RunbookLibrary } from "./load";
import { placesOf } from "./places";

/** The runbooks of this process, and how they read for each of its clusters. */
export type Library = RunbookLibrary & {
  /** As it reads for the cluster of this picture; `inputs` are those of a run, none before one began. */
  fill(runbook: Runbook, picture: Snapshot, inputs: Readonly<Record<string, string>>): FilledRunbook;
  close(): void;
};

export type LibraryParts = {
  readonly config: Pick<Config, "clusters" | "runbooks">;
  readonly collectors: Pick<Collectors, "onState">;
  /** Every runbook that is broken is told once, at the start. */
  readonly log?: (text: string) => void;
};

const saying =
  (t: Translate): Say["en"] =>
  (text) =>
    messageText(t, text);
const SAY: Say = { en: saying(createT("en", en)), ru: saying(createT("ru", ru)) };

/** Reads all runbooks. Broken ones are told and left out; nothing here stops the start. */
export function openLibrary({ config, collectors, log = console.error }: LibraryParts): Library {
  const { runbooks, broken } = loadRunbooks(builtInFolder(), config.runbooks.folder);
  for (const { problems } of broken) for (const problem of problems) log(`runbook left out: ${problem}`);
  const vitals = new Map<string, ClusterState["vitals"]>();
  const stops = config.clusters.map(({ scope }) =>
    collectors.onState(scope, (state) => void vitals.set(scope, state.vitals)),
  );
  const byScope = new Map<string, ClusterConfig>(config.clusters.map((cluster) => [cluster.scope, cluster]));
  return {
    runbooks,
    broken,
    fill(runbook, picture, inputs) {
      const cluster = byScope.get(picture.scope);
      if (!cluster) return { runbook, unfilled: [] };
      const places = placesOf(cluster, vitals.get(picture.scope) ?? null);
      return fillRunbook(runbook, { picture, places, asked: runbook.inputs, inputs }, SAY);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.runbooks");
type Slot = { [KEY]?: Library };

/** The process's runbooks; null until they were read. */
export function library(): Library | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setLibrary(next: Library): void {
  (globalThis as Slot)[KEY] = next;
}
