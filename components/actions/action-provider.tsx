"use client";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { ActionDialogContext, type ActionDialogHandle, type Reader, ReaderContext } from "./action-context";
import { ActionDialog } from "./action-dialog";
import type { ActionDraft } from "./draft";

type Opened = {
  readonly scope: string;
  readonly draft: ActionDraft | null;
  readonly operationId: string | null;
  readonly serial: number;
};

/** Holds the one dialog of actions of the page, and who acts. */
export function ActionProvider(props: { reader: Reader; children: ReactNode }) {
  const { name, role } = props.reader;
  const [opened, setOpened] = useState<Opened | null>(null);
  const reader = useMemo(() => ({ name, role }), [name, role]);
  const handle = useMemo<ActionDialogHandle>(() => {
    const show = (scope: string, draft: ActionDraft | null, operationId: string | null) =>
      setOpened((was) => ({ scope, draft, operationId, serial: (was?.serial ?? 0) + 1 }));
    return {
      open: (scope, draft) => show(scope, draft, null),
      follow: (scope, operationId) => show(scope, null, operationId),
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
            onClose={close}
          />
        )}
      </ActionDialogContext>
    </ReaderContext>
  );
}
