"use client";
import { useEffect, useRef, useState } from "react";
import type { Run } from "@/lib/domain/runbooks/run";
import { useRunDeed } from "./run-context";

/**
 * Tells the run which operation was begun from one of its action steps. The run may find it by itself at the same moment, and then has
 * another version: it is told again by the version that came, until it knows.
 */
export function useBinding(run: Run): (stepId: string) => (operationId: string) => void {
  const [begun, setBegun] = useState<{ readonly stepId: string; readonly operationId: string } | null>(null);
  const { send } = useRunDeed();
  const told = useRef<number | null>(null);
  const standing = run.steps.find(({ stepId }) => stepId === begun?.stepId);
  const open = begun !== null && standing?.state === "current" && standing.operationId === null;
  useEffect(() => {
    if (!open || told.current === run.version) return;
    told.current = run.version;
    void send({ kind: "operation", ...begun });
  });
  return (stepId) => (operationId) => {
    told.current = null;
    setBegun({ stepId, operationId });
  };
}
