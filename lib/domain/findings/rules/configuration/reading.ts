import { valueAt } from "../../../configuration/path";
import type { ParameterUnit } from "../../../configuration/postgres-parameters";
import { booleanOf, quantityOf } from "../../../configuration/quantity";
import { KEYS } from "../../../configuration/settings-keys";
import { freshOf, sourceId } from "../../../evidence/evidence";
import type { Message } from "../../../message";
import { know } from "../../../observation";
import type { PostgresVitals } from "../../../vitals/facts";
import type { FindingEvidence, Severity } from "../../finding";
import type { FindingDraft, FindingInput } from "../../rule";
import { subject } from "../../subject";

/** What the rules of the configuration review read, and how they say what they found. */

export type Configuration = Readonly<Record<string, unknown>>;

const PARAMETERS = "postgresql.parameters.";

/** Patroni's dynamic configuration by a fresh view of the DCS; null where it cannot be read. */
export const configurationOf = ({ evidence }: FindingInput): Configuration | null =>
  freshOf(evidence.dcs)?.config ?? null;

/** Whether a switch is on, by its standard where it is not set; null where what stands there is neither. */
export const isOn = (configuration: Configuration, path: string): boolean | null =>
  booleanOf(valueAt(configuration, path) ?? KEYS[path]?.standard ?? false);

/** A number of the configuration in `unit`; `standard` where it is not set; null where what stands there is none. */
export function numberAt(
  configuration: Configuration,
  path: string,
  unit: ParameterUnit | null,
  standard: number | null,
): number | null {
  const value = valueAt(configuration, path);
  if (value === null) return standard;
  const read = quantityOf(value, unit);
  return read.kind === "ok" ? read.value : null;
}

export const parameterAt = (configuration: Configuration, name: string): unknown =>
  valueAt(configuration, `${PARAMETERS}${name}`);

export const isSynchronous = (configuration: Configuration): boolean => {
  const mode = valueAt(configuration, "synchronous_mode");
  return mode === "quorum" || booleanOf(mode ?? false) === true;
};

/** Members that a fresh view of the DCS names now. */
export const membersIn = ({ evidence }: FindingInput) => freshOf(evidence.dcs)?.members ?? [];

/** What the leader's own server says of its settings, by a fresh look; null where it was not asked. */
export function leaderVitals({
  evidence,
  state,
  now,
}: FindingInput): (Pick<PostgresVitals, "settings"> & { sourceId: string }) | null {
  const leader = freshOf(evidence.dcs)?.leader?.name;
  const vitals = leader === undefined ? null : freshOf(know(state.vitals[leader], now));
  return leader === undefined || vitals === null
    ? null
    : { settings: vitals.settings, sourceId: sourceId("postgres-vitals", leader) };
}

/** Something about one setting; parameters of PostgreSQL go by their own names. */
export function about(
  { state }: FindingInput,
  path: string,
  severity: Severity,
  text: Message,
  more: readonly FindingEvidence[] = [],
): FindingDraft {
  const name = path.startsWith(PARAMETERS) ? path.slice(PARAMETERS.length) : path;
  const dcs = { text, sourceId: sourceId(state.dcs.source, state.dcs.target) };
  return { severity, subject: subject("setting", name), text, evidence: [dcs, ...more] };
}
