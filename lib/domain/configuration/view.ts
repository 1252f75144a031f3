import { type Evidence, lastOf } from "../evidence/evidence";
import { instant } from "../ids";
import type { Snapshot } from "../snapshot";
import { deepEqual } from "../snapshot/share";
import type { ConfigurationView } from "./configuration";
import { redact } from "./redact";

/** The last configuration seen, fresh or not; null before the first view, and where there is none. */
export function viewConfiguration(evidence: Evidence, previous: Snapshot | null): ConfigurationView | null {
  const { dcs, now } = evidence;
  const view = lastOf(dcs);
  if (!view?.config) return null;
  const was = previous?.configuration ?? null;
  const value = redact(view.config) as ConfigurationView["value"];
  const same = was !== null && was.revision === view.configRevision && deepEqual(was.value, value);
  if (same) return was;
  return { revision: view.configRevision, at: instant(dcs.state === "unknown" ? now : dcs.at), value };
}
