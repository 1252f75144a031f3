"use client";
import type { ReactNode } from "react";
import { ActionScopeContext } from "./action-context";

/** Names the cluster that buttons below it act on. */
export function ActionScope(props: { scope: string; children: ReactNode }) {
  return <ActionScopeContext value={props.scope}>{props.children}</ActionScopeContext>;
}
