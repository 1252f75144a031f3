"use client";
import Link from "next/link";
import { Moment } from "@/components/ui/age";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { pastPath } from "@/lib/client/paths";
import type { Milestone } from "@/lib/domain/incident/incident";
import { messageText } from "@/lib/format/message";
import { Offset } from "./offset";

/** What happened before writes stopped, or after they were back, each with its distance from the beginning of the outage. */
export function MilestoneList(props: { scope: string; milestones: readonly Milestone[]; start: number | null }) {
  const t = useT();
  if (props.milestones.length === 0) return <Nothing>{t("incident.nothing")}</Nothing>;
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {props.milestones.map(({ id, at, text }) => (
        <li
          key={`${id} ${at}`}
          data-milestone={id}
          className="grid grid-cols-[4.5rem_1fr] gap-x-3 sm:grid-cols-[4.5rem_5.5rem_1fr]"
        >
          <Link
            href={pastPath(props.scope, at)}
            prefetch={false}
            className="text-accent underline-offset-4 hover:underline"
          >
            <Moment at={at} clockOnly className="figures" />
          </Link>
          <Offset at={at} start={props.start} />
          <span className="col-span-2 min-w-0 wrap-anywhere sm:col-span-1">{messageText(t, text)}</span>
        </li>
      ))}
    </ol>
  );
}
