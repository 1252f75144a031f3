import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/** While members are updated one after the other their versions differ for as long as that takes. */
const HOLD_MS = 60_000;
const FIRST_WITH_TWO_PARTS = 100_000;

type Running = { readonly member: string; readonly version: string; readonly major: string; readonly sourceId: string };

/** Members that run different releases of PostgreSQL, or of Patroni. */
export const versionsDiffer: FindingRule = {
  id: "versions-differ",
  group: "server",
  runbook: "rolling-update",
  find: (input) => [...ofProduct("postgres", postgresOf(input)), ...ofProduct("patroni", patroniOf(input))],
};

function ofProduct(product: "postgres" | "patroni", running: readonly Running[]): FindingDraft[] {
  if (new Set(running.map(({ version }) => version)).size < 2) return [];
  const major = new Set(running.map((one) => one.major)).size > 1;
  const versions = running.map(({ member, version }) => `${member}: ${version}`).join(", ");
  const text = message("finding.versions-differ.text", { product, versions, major: major ? "yes" : "no" });
  const evidence = running.map(({ member, version, sourceId: by }) => ({
    text: message("finding.versions-differ.version", { member, product, version }),
    sourceId: by,
  }));
  return [{ severity: major ? "warn" : "info", subject: CLUSTER, key: product, text, evidence, holdMs: HOLD_MS }];
}

function postgresOf({ evidence }: FindingInput): Running[] {
  return evidence.members.flatMap(({ name, postgres, patroni }) => {
    const sql = freshOf(postgres);
    const version = sql?.serverVersion ?? freshOf(patroni)?.serverVersion ?? null;
    if (version === null || version < FIRST_WITH_TWO_PARTS) return [];
    const [major, minor] = [Math.floor(version / 10_000), version % 10_000];
    const by = sourceId(sql ? "postgres" : "patroni", name);
    return [{ member: name, version: `${major}.${minor}`, major: String(major), sourceId: by }];
  });
}

function patroniOf({ evidence }: FindingInput): Running[] {
  return evidence.members.flatMap(({ name, patroni }) => {
    const version = freshOf(patroni)?.patroniVersion ?? null;
    if (version === null) return [];
    return [{ member: name, version, major: version.split(".")[0] ?? "", sourceId: sourceId("patroni", name) }];
  });
}
