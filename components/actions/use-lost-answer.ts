"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { operationOfPlan } from "@/lib/client/operations";

const AGAIN_MS = 2_000;

/**
 * While the answer to an execution is lost, looks for the operation that the plan was used for, again and again. `silent`: the dashboard
 * does not answer. `not-begun`: it answers, and knows of none (yet): the request may still be on its way.
 */
export function useLostAnswer(
  scope: string,
  planId: string | null,
  onFound: (operationId: string) => void,
): "silent" | "not-begun" {
  const client = useQueryClient();
  const [state, setState] = useState<"silent" | "not-begun">("silent");
  const found = useRef(onFound);
  found.current = onFound;
  useEffect(() => {
    if (planId === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async () => {
      const operation = await operationOfPlan(client, scope, planId).catch(() => undefined);
      if (gone) return;
      if (operation) return found.current(operation.id);
      setState(operation === null ? "not-begun" : "silent");
      timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, scope, planId]);
  return state;
}
