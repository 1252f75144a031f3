"use client";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { ActionDialogContext, type ActionDialogHandle, type Reader, ReaderContext } from "./action-context";
import { ActionDialog } from "./action-dialog";
import type { ActionDraft } from "./draft";

type Opened = {
  readonly scope: string;
  readonly draft: ActionDraft | null;
  readonly operationId: string | null;
  readonly onBegun: (operationId: string) => void;
  readonly serial: number;
};

const ignore = () => undefined;

/** Holds the one dialog of actions of the page, and who acts. */
export function ActionProvider(props: { reader: Reader; children: ReactNode }) {
  const { name, role } = props.reader;
  const [opened, setOpened] = useState<Opened | null>(null);
  const reader = useMemo(() => ({ name, role }), [name, role]);
  const handle = useMemo<ActionDialogHandle>(() => {
    const show = (next: Omit<Opened, "serial">) => setOpened((was) => ({ ...next, serial: (was?.serial ?? 0) + 1 }));
    return {
      open: (scope, draft, onBegun = ignore) => show({ scope, draft, operationId: null, onBegun }),
      follow: (scope, operationId) => show({ scope, draft: null, operationId, onBegun: ignore }),
    };
  }, []);
  const close = useCallback(() => setOpened(null), []);
  return (
    <ReaderContext value={reader}>
      <ActionDialogContext value={handle}>
        {props.children}
        {opened === null ? null : (
          <ActionDialog
            key={opened.serial}
            scope={opened.scope}
            draft={opened.draft}
            operationId={opened.operationId}
            onBegun={opened.onBegun}
            onClose={close}
          />
        )}
      </ActionDialogContext>
    </ReaderContext>
  );
}
