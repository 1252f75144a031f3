"use client";
import { createContext, useContext } from "react";
import { useFrozenNow } from "@/lib/client/frozen-clock";
import type { ActionDraft } from "./draft";
import type { UserRole } from "./role";

/** Who reads the page: what may be done depends on it, and who may approve. */
export type Reader = { readonly name: string; readonly role: UserRole };

export type ActionDialogHandle = {
  /**
   * Opens the dialog for this action on this cluster; nothing is done before it was confirmed there. `onBegun` is told the operation that
   * was begun from it.
   */
  open(scope: string, draft: ActionDraft, onBegun?: (operationId: string) => void): void;
  /** Opens the dialog on an operation that was begun already. */
  follow(scope: string, operationId: string): void;
};

const NOWHERE: ActionDialogHandle = { open: () => undefined, follow: () => undefined };

export const ActionDialogContext = createContext<ActionDialogHandle>(NOWHERE);
export const ReaderContext = createContext<Reader | null>(null);
/** The cluster that buttons below it act on. */
export const ActionScopeContext = createContext<string | null>(null);

/** Opens the dialog of actions from anywhere in the console. Outside of it nothing happens. */
export const useActionDialog = (): ActionDialogHandle => useContext(ActionDialogContext);

/** The signed-in reader; null where nothing can be done. */
export const useReader = (): Reader | null => useContext(ReaderContext);

/** The cluster that a button acts on; null on a picture of the past, which nobody can act on. */
export function useActionScope(): string | null {
  const scope = useContext(ActionScopeContext);
  return useFrozenNow() === null ? scope : null;
}
