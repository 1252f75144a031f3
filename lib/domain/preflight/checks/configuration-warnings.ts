import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { Difference } from "../../configuration/compare";
import { valueAt } from "../../configuration/path";
import { booleanOf, quantityOf } from "../../configuration/quantity";
import { effectOf } from "../../configuration/settings";
import { ORDERED_PARAMETERS } from "../../configuration/settings-keys";
import { message } from "../../message";
import { listed } from "./amounts";
import { block, warn } from "./check";
import type { Changed } from "./configuration-values";
import { membersOf } from "./look";

/** What a change brings with it that is right as such, and still has to be known. */

const PARAMETERS = "postgresql.parameters.";

/** Settings that wait for a restart, and those where the order of the restarts matters. */
export function restartsNeeded(context: PlanContext, changed: Changed | null): readonly Check[] {
  const waiting = (changed?.raw ?? []).filter(({ path }) => effectOf(path) === "restart");
  if (waiting.length === 0) return [];
  const paths = listed(waiting.map(({ path }) => path.replace(PARAMETERS, "")));
  const advice = message("preflightOther.configuration-restart.advice");
  return [
    warn(context, "configuration-restart", message("preflightOther.configuration-restart.text", { paths }), advice),
    ...waiting.flatMap((one) => inOrder(context, one)),
  ];
}

/** A standby with less of these than its primary had stops replaying; Patroni holds a standby's own value up until it may fall. */
function inOrder(context: PlanContext, { path, before, after }: Difference): readonly Check[] {
  const name = path.replace(PARAMETERS, "").toLowerCase();
  if (!ORDERED_PARAMETERS.includes(name) || membersOf(context).length < 2) return [];
  const [from, to] = [quantityOf(before, null), quantityOf(after, null)];
  const known = from.kind === "ok" && to.kind === "ok";
  const way = !known ? "unknown" : to.value > from.value ? "raised" : "lowered";
  const text = message("preflightOther.configuration-order.text", { name, way });
  return [
    warn(context, `configuration-order:${name}`, text, message("preflightOther.configuration-order.advice", { way })),
  ];
}

/** Who may connect: a wrong line locks out clients, replicas, or everybody. */
export function accessRules(context: PlanContext, changed: Changed | null): readonly Check[] {
  const touched = (changed?.raw ?? []).some(({ path }) => /^postgresql(\.(pg_hba|pg_ident).*)?$/.test(path));
  const hba = changed ? valueAt(changed.after, "postgresql.pg_hba") : null;
  if (!changed || !touched || !Array.isArray(hba)) return touched ? [rulesMoved(context)] : [];
  const lines = hba.filter((line): line is string => typeof line === "string").map(fieldsOf);
  const used = lines.filter((fields) => fields.length > 0);
  const id = "configuration-access";
  const advice = message("preflightOther.configuration-access.advice");
  if (used.length === 0) return [block(context, id, message("preflightOther.configuration-access.empty"), advice)];
  if (membersOf(context).length > 1 && !used.some(letsReplicate))
    return [block(context, id, message("preflightOther.configuration-access.no-replication"), advice)];
  return [rulesMoved(context)];
}

const rulesMoved = (context: PlanContext): Check =>
  warn(
    context,
    "configuration-access",
    message("preflightOther.configuration-access.text"),
    message("preflightOther.configuration-access.advice"),
  );

const fieldsOf = (line: string): readonly string[] => {
  const clean = line.replace(/#.*$/, "").trim();
  return clean === "" ? [] : clean.split(/\s+/);
};

/** `all` does not stand for replication. An included file may hold what is missed here. */
function letsReplicate([type = "", database = "", , ...rest]: readonly string[]): boolean {
  if (type.startsWith("include")) return true;
  const databases = database.replaceAll('"', "").split(",");
  return databases.includes("replication") && type !== "local" && rest.at(-1)?.toLowerCase() !== "reject";
}

/** Sections that change what the cluster is, or how sure a commit is. */
export function specialSections(context: PlanContext, changed: Changed | null): readonly Check[] {
  if (!changed) return [];
  const touched = (test: RegExp) => changed.raw.some(({ path }) => test.test(path));
  const told = (id: string) =>
    warn(
      context,
      `configuration-${id}`,
      message(`preflightOther.configuration-special.${id}`),
      message(`preflightOther.configuration-special.${id}-advice`),
    );
  const strict = booleanOf(valueAt(changed.after, "synchronous_mode_strict") ?? false) === true;
  return [
    ...(touched(/^standby_cluster(\.|$)/) ? [told("standby-cluster")] : []),
    ...(touched(/^synchronous_mode(_strict)?$/) ? [told(strict ? "strict" : "synchronous")] : []),
    ...(touched(/^slots(\.|$)/) ? [told("slots")] : []),
    ...(touched(/^(ttl|loop_wait|retry_timeout)$/) ? [told("timing")] : []),
    ...(touched(/\.(archive_command|archive_library|archive_mode|restore_command)$/) ? [told("archiving")] : []),
  ];
}
