import type { ActionKind } from "../actions/request";
import type { ActionTemplate } from "./runbook";
import { filled } from "./template";

/** Fields that an action's template may leave out, and what they are then. Whom it concerns is never left to a default. */
export const REQUEST_DEFAULTS: Readonly<Partial<Record<ActionKind, Readonly<Record<string, unknown>>>>> = {
  switchover: { scheduledAt: null },
  reinitialize: { fromLeader: false },
  restart: { onlyPending: false, scheduledAt: null },
  pause: { until: null, resumeAtEnd: false },
  configuration: { revision: null },
  "pgbouncer-pause": { database: null },
  "pgbouncer-resume": { database: null },
  "pgbouncer-reconnect": { database: null },
};

/** What the dialog of actions opens with: the template with the run's inputs, and what it leaves out. */
export const requestDraft = (
  template: ActionTemplate,
  inputs: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> => ({ ...REQUEST_DEFAULTS[template.action], ...filled(template, inputs) });
