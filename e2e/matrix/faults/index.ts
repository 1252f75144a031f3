import type { Fault } from "../fault";
import { HOST_FAULTS } from "./hosts";
import { OPERATION_FAULTS } from "./operations";
import { DCS_FAULTS, REPLICATION_FAULTS } from "./replication";
import { ROUTING_FAULTS } from "./routing";
import { SERVER_FAULTS } from "./server";
import { WRITING_FAULTS } from "./writing";

/** All faults of the matrix, in the order in which they are carried through. */
export const FAULTS: readonly Fault[] = [
  ...HOST_FAULTS,
  ...WRITING_FAULTS,
  ...ROUTING_FAULTS,
  ...REPLICATION_FAULTS,
  ...DCS_FAULTS,
  ...SERVER_FAULTS,
  ...OPERATION_FAULTS,
];
