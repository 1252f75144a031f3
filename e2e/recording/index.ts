import { CLUSTER_RECORDINGS } from "./cluster";
import { DECAY } from "./decay";
import { HOST_RECORDINGS } from "./hosts";
import { OPERATION_RECORDINGS } from "./operations";
import type { Recording } from "./recording";
import { ROUTING_RECORDINGS } from "./routing";
import { SERVER_RECORDINGS } from "./servers";
import { STRAIN } from "./strain";

/** Everything that is recorded, in that order. */
export const RECORDINGS: readonly Recording[] = [
  ...OPERATION_RECORDINGS,
  STRAIN,
  DECAY,
  ...HOST_RECORDINGS,
  ...CLUSTER_RECORDINGS,
  ...ROUTING_RECORDINGS,
  ...SERVER_RECORDINGS,
];
