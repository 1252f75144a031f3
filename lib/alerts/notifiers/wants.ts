import type { NotifierConfig } from "@/lib/config/types";
import type { Notifier } from "./types";

/** What a notifier's filters let through; a filter that is not given lets everything through. */
export const wantsOf =
  ({ severities, clusters, environments }: NotifierConfig): Notifier["wants"] =>
  ({ severity, scope }, environment) =>
    severities.includes(severity) &&
    (clusters === null || clusters.includes(scope)) &&
    (environments === null || (environment !== null && environments.includes(environment)));
