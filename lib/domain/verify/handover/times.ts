import type { Operation } from "../../actions/operation";
import type { ClusterState } from "../../cluster-state";
import type { EpochMs } from "../../ids";
import { handoverTimeoutMs } from "../shared/calls";
import { PATIENCE_MS } from "./after";

/** A shutdown checkpoint of a large server takes minutes, and Patroni waits for it as long as it takes. */
const SHUTDOWN_MS = 600_000;

/** How long a change of leader may take until its outcome is called unknown, in ms. */
export const handoverDeadlineMs = (state: ClusterState): number => handoverTimeoutMs(state) + SHUTDOWN_MS + PATIENCE_MS;

/** Nothing that was seen before this is its doing. */
export const startOfOperation = ({ startedAt, createdAt }: Operation): EpochMs => Date.parse(startedAt ?? createdAt);
