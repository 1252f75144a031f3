import { type Message, message } from "../message";
import { valueAt } from "./path";
import { booleanOf, quantityOf } from "./quantity";
import { KEYS } from "./settings-keys";

/** One rule between several settings that a configuration as a whole breaks. */
export type BrokenRule = {
  readonly id: string;
  readonly status: "block" | "warn";
  readonly text: Message;
  readonly paths: readonly string[];
};

/** What Patroni does not check itself, and what then goes wrong at the worst of times. */
export function brokenRules(configuration: unknown): readonly BrokenRule[] {
  return [...timing(configuration), ...synchronous(configuration), ...slots(configuration)];
}

/** A leader whose DCS answers late must have given up before its key expires. */
function timing(configuration: unknown): readonly BrokenRule[] {
  const [ttl, loop, retry] = ["ttl", "loop_wait", "retry_timeout"].map((path) => secondsAt(configuration, path));
  if (ttl == null || loop == null || retry == null || ttl >= loop + 2 * retry) return [];
  const least = loop + 2 * retry;
  const text = message("settings.rule.timing", { ttl, loop, retry, least });
  return [{ id: "timing", status: "block", text, paths: ["ttl", "loop_wait", "retry_timeout"] }];
}

function synchronous(configuration: unknown): readonly BrokenRule[] {
  const mode = valueAt(configuration, "synchronous_mode");
  const off = mode === null || booleanOf(mode) === false;
  const strict = booleanOf(valueAt(configuration, "synchronous_mode_strict")) === true;
  const set = valueAt(configuration, "postgresql.parameters.synchronous_standby_names");
  return [
    ...(strict && off
      ? [warned("strict-alone", message("settings.rule.strict-alone"), ["synchronous_mode", "synchronous_mode_strict"])]
      : []),
    ...(!off && set !== null
      ? [
          warned("standby-names", message("settings.rule.standby-names"), [
            "synchronous_mode",
            "postgresql.parameters.synchronous_standby_names",
          ]),
        ]
      : []),
  ];
}

function slots(configuration: unknown): readonly BrokenRule[] {
  const permanent = valueAt(configuration, "slots");
  const without = booleanOf(valueAt(configuration, "postgresql.use_slots") ?? true) === false;
  if (!without || permanent === null || typeof permanent !== "object" || Object.keys(permanent).length === 0) return [];
  return [warned("slots-off", message("settings.rule.slots-off"), ["slots", "postgresql.use_slots"])];
}

const warned = (id: string, text: Message, paths: readonly string[]): BrokenRule => ({
  id,
  status: "warn",
  text,
  paths,
});

function secondsAt(configuration: unknown, path: string): number | null {
  const read = quantityOf(valueAt(configuration, path) ?? KEYS[path]?.standard, "s");
  return read.kind === "ok" ? read.value : null;
}
