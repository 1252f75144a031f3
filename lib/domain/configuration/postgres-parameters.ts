import { RELOAD_PARAMETERS } from "./postgres-reload";
import { RESTART_PARAMETERS } from "./postgres-restart";
import { SESSION_PARAMETERS } from "./postgres-session";

/** What a bare number of a parameter counts in; `8kB` is a block. */
export type ParameterUnit = "B" | "kB" | "8kB" | "MB" | "us" | "ms" | "s" | "min";

export type Parameter = {
  /** In PostgreSQL's own spelling. */
  readonly name: string;
  readonly kind: "bool" | "text" | "word" | "int" | "real";
  readonly words: readonly string[];
  /** In `unit`. */
  readonly min: number | null;
  readonly max: number | null;
  readonly unit: ParameterUnit | null;
  /** When a new value comes into force. `session`: at a reload, as the default of what is a session's own to set. */
  readonly effect: "restart" | "reload" | "session";
};

const PARAMETERS: ReadonlyMap<string, Parameter> = new Map(
  [
    ...read(RESTART_PARAMETERS, "restart"),
    ...read(RELOAD_PARAMETERS, "reload"),
    ...read(SESSION_PARAMETERS, "session"),
  ].map((one) => [one.name.toLowerCase(), one]),
);

/** Null for one of another release, or of an extension. Names do not differ by case. */
export const parameterOf = (name: string): Parameter | null => PARAMETERS.get(name.toLowerCase()) ?? null;

export const parameterNames = (): readonly string[] => [...PARAMETERS.values()].map(({ name }) => name).sort();

function read(table: string, effect: Parameter["effect"]): readonly Parameter[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", kind = "text", second, max, unit] = line.split(" ");
      const counts = kind === "int" || kind === "real";
      return {
        name,
        kind: kind as Parameter["kind"],
        words: kind === "word" ? (second ?? "").split(",") : [],
        min: counts ? Number(second) : null,
        max: counts ? Number(max) : null,
        unit: counts ? ((unit as ParameterUnit | undefined) ?? null) : null,
        effect,
      };
    });
}
