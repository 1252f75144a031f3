import type { AuditLog } from "@/lib/audit/types";
import type { Collectors } from "@/lib/collectors/current";
import type { ClusterConfig } from "@/lib/config/types";
import type { Stored } from "@/lib/db/types";
import type { PlanContext } from "@/lib/domain/actions/facts";
import type { Check, Fence, Impact } from "@/lib/domain/actions/plan";
import type { ActionKind, ActionRequest } from "@/lib/domain/actions/request";
import type { WriteGap } from "@/lib/domain/events/event";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { FenceMoved } from "@/lib/domain/preflight/preflight";
import type { Verb } from "@/lib/domain/verify/types";
import type { ActionStore, Caller, DcsLock, PlanLooks } from "./types";

/** What checks, impact and fence say at one moment. */
export type Computed = { readonly checks: readonly Check[]; readonly impact: Impact; readonly fence: Fence };

/** Everything that the pipeline stands on; a test gives fakes of all of it. */
export type ActionsDeps = {
  readonly clusters: readonly ClusterConfig[];
  readonly collectors: Collectors;
  /** Write gaps of the record that overlap the window, oldest first. */
  readonly gaps: (scope: ClusterScope, from: EpochMs, to: EpochMs) => Promise<Stored<readonly WriteGap[]>>;
  /** Whether our own record takes what is written now. */
  readonly recordable: () => boolean;
  readonly store: ActionStore;
  readonly audit: AuditLog;
  readonly lock: DcsLock;
  readonly caller: Caller;
  readonly looks: PlanLooks;
  readonly preflight: (request: ActionRequest, context: PlanContext) => Computed;
  readonly fenceMoved: FenceMoved;
  readonly verbOf: (action: ActionKind) => Verb;
  readonly boot: string;
  readonly hostname: string;
  /** The store is a file that no other process has open: whoever carried an operation in it before is gone. */
  readonly alone: boolean;
  readonly now: () => EpochMs;
  readonly newId: () => string;
};

/** The longest that a look before an action may take, in ms. */
export const LOOK_WITHIN_MS = 3_000;
/** What the dashboard does of its own accord is done under this name. */
export const DASHBOARD = "dashboard";
