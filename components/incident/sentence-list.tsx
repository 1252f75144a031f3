"use client";
import Link from "next/link";
import { LEVEL_OF_STATE } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { pastPath } from "@/lib/client/paths";
import type { Said } from "@/lib/domain/incident/incident";
import { messageText } from "@/lib/format/message";
import { Offset } from "./offset";

/** What the page said, in the order in which it said it. */
export function SentenceList(props: { scope: string; sentences: readonly Said[]; start: number | null }) {
  const t = useT();
  if (props.sentences.length === 0) return <Nothing>{t("incident.nothing")}</Nothing>;
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {props.sentences.map((said) => (
        <li
          key={`${said.at} ${said.sentence}`}
          data-sentence={said.sentence}
          className="grid grid-cols-[4.5rem_5.5rem_1fr] gap-x-3 sm:grid-cols-[4.5rem_5.5rem_1rem_1fr]"
        >
          <Link
            href={pastPath(props.scope, said.at)}
            prefetch={false}
            className="text-accent underline-offset-4 hover:underline"
          >
            <Moment at={said.at} clockOnly className="figures" />
          </Link>
          <Offset at={said.at} start={props.start} />
          <StatusMark level={LEVEL_OF_STATE[said.state]} size={14} className="mt-[3px]" />
          <span className="col-span-3 min-w-0 wrap-anywhere sm:col-span-1">
            <span className="sr-only">{t(`state.${said.state}`)}: </span>
            {messageText(t, said.message)}
          </span>
        </li>
      ))}
    </ol>
  );
}
