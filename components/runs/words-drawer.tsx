"use client";
import { type ReactNode, useState } from "react";
import { useReader } from "@/components/actions/action-context";
import { DeedDrawer, WordsField } from "@/components/alerts/deed-drawer";
import { RunRefused } from "@/components/runbooks/run-refused";
import { useT } from "@/lib/client/i18n";
import type { RunCommand } from "@/lib/domain/runbooks/run";
import { useRunDeed } from "./run-context";

/** Something that is done to a run with words to it: what it does, why, and one button. `optional`: the words may be left out. */
export function WordsDrawer(props: {
  title: string;
  about: ReactNode;
  label: string;
  deed: string;
  optional?: boolean;
  command: (words: string) => RunCommand;
  onClose: () => void;
}) {
  const { onClose } = props;
  const t = useT();
  const reader = useReader();
  const [words, setWords] = useState("");
  const deed = useRunDeed();
  const missing = words.trim() === "" && !props.optional ? t("runbooks.wordsMissing", { what: props.label }) : null;
  const send = async () => {
    if (await deed.send(props.command(words.trim()))) onClose();
  };
  return (
    <DeedDrawer
      title={props.title}
      about={<p>{props.about}</p>}
      deed={props.deed}
      missing={missing}
      running={deed.running}
      problem={null}
      onSend={() => void send()}
      onClose={onClose}
    >
      <WordsField
        label={props.label}
        hint={t("alertsPage.noteHint", { name: reader?.name ?? "" })}
        value={words}
        onChange={setWords}
      />
      <RunRefused problem={deed.problem} />
    </DeedDrawer>
  );
}
