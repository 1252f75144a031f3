import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { ConfigurationPatch } from "../../actions/request";
import { compare, type Difference } from "../../configuration/compare";
import { applyPatch } from "../../configuration/merge-patch";
import { leavesOf, valueAt } from "../../configuration/path";
import { redact } from "../../configuration/redact";
import { brokenRules } from "../../configuration/rules";
import { problemOf, standingOf } from "../../configuration/settings";
import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { listed } from "./amounts";
import { block, pass, warn } from "./check";
import { dcsOf } from "./look";
import { seenDcs } from "./seen";

/** What a patch makes of the configuration in force. */
export type Changed = {
  readonly before: unknown;
  readonly after: unknown;
  /** As they are, secrets and all: for judging alone. */
  readonly raw: readonly Difference[];
  /** Without secrets: for showing. */
  readonly shown: readonly Difference[];
};

/** Null where the configuration in force is not seen now. */
export function changesOf(context: PlanContext, patch: ConfigurationPatch): Changed | null {
  const before = freshOf(dcsOf(context))?.config ?? null;
  if (!before) return null;
  const after = applyPatch(before, patch);
  const raw = compare(before, after).filter((one) => !sameToPatroni(one));
  const [hiddenBefore, hiddenAfter] = [redact(before), redact(after)];
  const shown = raw.map(({ path }) => ({
    path,
    before: valueAt(hiddenBefore, path),
    after: valueAt(hiddenAfter, path),
  }));
  return { before, after, raw, shown };
}

/** Patroni compares scalars as text: `60` and `"60"` are no change to it. */
const sameToPatroni = ({ before, after }: Difference): boolean =>
  before !== null &&
  after !== null &&
  typeof before !== "object" &&
  typeof after !== "object" &&
  String(before) === String(after);

/** Every value that is set, its type, unit and range; sections that the patch makes of scalars among them. */
export function valuesFit(context: PlanContext, changed: Changed | null): readonly Check[] {
  if (!changed) return [];
  const paths = changed.raw.flatMap(({ path, after }) => [path, ...sectionsAbove(path), ...leavesBelow(path, after)]);
  const wrong = [...new Set(paths)].flatMap((path) => {
    const problem = problemOf(path, valueAt(changed.after, path));
    return problem ? [{ path, problem }] : [];
  });
  if (wrong.length === 0)
    return [
      pass(context, "configuration-values", message("preflightOther.configuration-values.yes"), [seenDcs(context)]),
    ];
  const advice = message("preflightOther.configuration-values.no-advice");
  return wrong.map(({ path, problem }) => block(context, `configuration-value:${path}`, problem, advice));
}

function sectionsAbove(path: string): readonly string[] {
  const keys = path.split(".");
  return keys.slice(1).map((_, at) => keys.slice(0, at + 1).join("."));
}

const leavesBelow = (path: string, value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? leavesOf(value, path).map((leaf) => leaf.path)
    : [];

/** Settings that Patroni passes over in silence, and those that nobody here knows. Taking one out is never in the way. */
export function settingsKnown(context: PlanContext, changed: Changed | null): readonly Check[] {
  if (!changed) return [];
  const set = changed.raw
    .filter(({ after }) => after !== null)
    .flatMap(({ path, after }) => {
      const below = leavesBelow(path, after);
      return below.length > 0 ? below : [path];
    });
  const named = (standing: ReturnType<typeof standingOf>) => set.filter((path) => standingOf(path) === standing);
  const ignored = [...named("local"), ...named("managed")];
  const unknown = named("unknown");
  return [
    ...ignored.map((path) =>
      block(
        context,
        `configuration-ignored:${path}`,
        message("preflightOther.configuration-ignored.text", { path }),
        message("preflightOther.configuration-ignored.advice"),
      ),
    ),
    ...(unknown.length > 0
      ? [
          warn(
            context,
            "configuration-unknown",
            message("preflightOther.configuration-unknown.text", { paths: listed(unknown), count: unknown.length }),
            message("preflightOther.configuration-unknown.advice"),
          ),
        ]
      : []),
  ];
}

/** Rules between settings, as the configuration would be. One that was broken before and is not touched is only told. */
export function rulesHold(context: PlanContext, changed: Changed | null): readonly Check[] {
  if (!changed) return [];
  const broken = brokenRules(changed.after);
  if (broken.length === 0)
    return [
      pass(context, "configuration-rules", message("preflightOther.configuration-rules.yes"), [seenDcs(context)]),
    ];
  const touched = (paths: readonly string[]) => changed.raw.some(({ path }) => paths.includes(path));
  return broken.map(({ id, status, text, paths }) => {
    const advice = message(`preflightOther.configuration-rules.${id}`);
    const make = status === "block" && touched(paths) ? block : warn;
    return make(context, `configuration-rule:${id}`, text, advice, [seenDcs(context)]);
  });
}
