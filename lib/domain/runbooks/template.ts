import type { ActionRequest } from "../actions/request";
import { deepEqual } from "../snapshot/share";
import type { ActionTemplate } from "./runbook";

type Inputs = Readonly<Record<string, string>>;

/** The template with the run's inputs in place of `$input`. An input that was never given stays as it was written. */
export function filled(template: ActionTemplate, inputs: Inputs): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, inputs)]));
}

function fill(value: unknown, inputs: Inputs): unknown {
  if (typeof value === "string") return value.startsWith("$") ? (inputs[value.slice(1)] ?? value) : value;
  if (Array.isArray(value)) return value.map((one) => fill(one, inputs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, inputs)]));
}

/**
 * Known only in the dialog: when it shall be, when a pause ends and whether it is resumed then (without an end it cannot be), and
 * which configuration the person saw.
 */
const OWN_OF_DIALOG: ReadonlySet<string> = new Set(["scheduledAt", "revision", "until", "resumeAtEnd"]);

/** Whether an operation was asked for what the template says. */
export function fits(template: ActionTemplate, inputs: Inputs, request: ActionRequest): boolean {
  const asked = request as Readonly<Record<string, unknown>>;
  return Object.entries(filled(template, inputs)).every(
    // Without a candidate the template leaves it to the dialog.
    ([key, value]) => OWN_OF_DIALOG.has(key) || (key === "candidate" && value === null) || deepEqual(asked[key], value),
  );
}
