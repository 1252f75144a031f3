"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { memo, useId, useState } from "react";
import { AlertMarks } from "@/components/alerts/alert-marks";
import { LEVEL_OF_SEVERITY, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { FindingTree } from "@/lib/domain/findings/tree";
import { holds } from "./filter";
import { FindingDetails } from "./finding-details";
import { meansOf, textOf, titleOf } from "./texts";

/**
 * One finding, which opens to all that is known of it and to what follows from it. `full`: there is room for what it means, and for the
 * name of what it is about. `linked`: the finding that a link led to, open together with those that it follows from.
 */
export const FindingItem = memo(function FindingItem(props: {
  tree: FindingTree;
  full?: boolean;
  open?: boolean;
  linked?: string;
}) {
  const { tree, full = false, linked = "" } = props;
  const { finding, count } = tree;
  const { severity, since, subject } = finding;
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(props.open || holds(tree, linked));
  const title = titleOf(t, finding);
  const means = full ? meansOf(t, finding) : null;
  const level = LEVEL_OF_SEVERITY[severity];
  return (
    <li className="flex gap-2.5 text-sm" data-finding={finding.id} data-severity={severity}>
      <StatusMark level={level} size={15} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className={clsx("font-medium", TEXT_OF_LEVEL[level])}>{t(`severity.${severity}`)}</span>
          {title === null ? null : <span className="font-medium wrap-anywhere">{title}</span>}
          {full && subject.kind !== "cluster" ? (
            <span className="text-xs text-ink-2 wrap-anywhere">
              {t(`findings.subject.${subject.kind}`)} {subject.name}
            </span>
          ) : null}
          <Lasting since={since} className="text-xs text-ink-3" />
          <AlertMarks finding={finding} />
        </p>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex w-full items-start gap-1 rounded-sm text-left hover:text-accent"
        >
          <span className="min-w-0 flex-1 wrap-anywhere">{textOf(t, finding)}</span>
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={clsx("mt-[3px] shrink-0 text-ink-3", open && "rotate-90")}
          />
        </button>
        {means === null ? null : <p className="max-w-4xl text-ink-2 wrap-anywhere">{means}</p>}
        {count === 0 || open ? null : <Beneath tree={tree} />}
        <div id={id} hidden={!open}>
          {open ? <FindingDetails finding={finding} meant={full} /> : null}
          {count === 0 ? null : (
            <>
              <p className="mt-3 text-xs font-medium text-ink-3">{t("findings.follow", { count })}</p>
              <ul className="mt-1 flex flex-col gap-2.5 border-l-2 border-line pl-3">
                {tree.follows.map((one) => (
                  <FindingItem key={one.finding.id} tree={one} linked={linked} />
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </li>
  );
});

/** How much follows from a finding, and how bad that is, while it is folded away. */
function Beneath(props: { tree: FindingTree }) {
  const { count, worst, finding } = props.tree;
  const t = useT();
  const level = LEVEL_OF_SEVERITY[worst];
  return (
    <p className="flex items-center gap-1.5 text-xs text-ink-3" data-follows={count}>
      {worst === finding.severity ? null : <StatusMark level={level} size={12} />}
      {t("findings.follow", { count })}
      {worst === finding.severity ? null : (
        <span className={clsx("font-medium", TEXT_OF_LEVEL[level])}>
          {t("findings.worstOfThem", { severity: t(`severity.${worst}`) })}
        </span>
      )}
    </p>
  );
}
