"use client";
import { StatusMark } from "@/components/status/status-mark";
import { Badge } from "@/components/ui/badge";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { PreparedTransaction, Session } from "@/lib/domain/inspect/activity";
import { type BlockingNode, blockingTrees, PREPARED_PID } from "@/lib/domain/inspect/blocking";
import { Seconds } from "./figures";
import { QueryText } from "./query-text";
import { SessionDeeds, type SessionDesk, useSessionDesk } from "./session-deeds";

type Known = {
  readonly desk: SessionDesk | null;
  readonly sessions: ReadonlyMap<number, Session>;
  readonly prepared: readonly PreparedTransaction[];
  readonly hidden: boolean;
};

/** Who holds up whom: at the top those that wait for nobody. */
export function BlockingPanel(props: {
  member: string;
  sessions: readonly Session[];
  prepared: readonly PreparedTransaction[];
  hidden: boolean;
}) {
  const t = useT();
  const desk = useSessionDesk(props.member);
  const trees = blockingTrees(props.sessions);
  if (trees.length === 0) return <Nothing>{t("postgres.blocking.none")}</Nothing>;
  const known = {
    desk,
    sessions: new Map(props.sessions.map((session) => [session.pid, session])),
    prepared: props.prepared,
    hidden: props.hidden,
  };
  return (
    <ul aria-label={t("postgres.blocking.title")} className="flex flex-col gap-3">
      {trees.map((tree) => (
        <li key={tree.pid}>
          {tree.cycle ? (
            <p className="mb-1 flex items-center gap-1.5 text-sm font-medium text-crit">
              <StatusMark level="crit" size={14} />
              {t("postgres.blocking.cycle")}
            </p>
          ) : null}
          <Branch node={tree} known={known} root />
        </li>
      ))}
    </ul>
  );
}

function Branch(props: { node: BlockingNode; known: Known; root?: boolean }) {
  const { node, known } = props;
  const line = <Line node={node} known={known} root={props.root === true} />;
  const session = known.sessions.get(node.pid);
  // Beside the line and not in it: a summary is a button itself, and holds no other.
  const deeds =
    session && known.desk !== null ? (
      <div className="py-0.5">
        <SessionDeeds desk={known.desk} session={session} />
      </div>
    ) : null;
  if (node.blocks.length === 0) {
    return (
      <div className="pl-5">
        {line}
        {deeds}
      </div>
    );
  }
  return (
    <details open>
      <summary className="cursor-pointer [&>*]:inline-block [&>*]:w-[calc(100%-1.25rem)] [&>*]:align-top">
        {line}
      </summary>
      <div className="pl-5">{deeds}</div>
      <ul className="mt-1 ml-1.5 flex flex-col gap-1.5 border-l border-line-strong pl-3">
        {node.blocks.map((child) => (
          <li key={child.pid}>
            <Branch node={child} known={known} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Line(props: { node: BlockingNode; known: Known; root: boolean }) {
  const { node, known } = props;
  const t = useT();
  const session = known.sessions.get(node.pid);
  return (
    <div data-blocking-pid={node.pid} className="text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="font-semibold">
          {node.pid === PREPARED_PID
            ? t("postgres.blocking.prepared")
            : t("postgres.blocking.pid", { pid: String(node.pid) })}
        </span>
        {node.waiting > 0 ? <Badge tone="warn">{t("postgres.blocking.waiting", { count: node.waiting })}</Badge> : null}
        {session ? (
          <>
            <span className="wrap-anywhere">{[session.user, session.application].filter(Boolean).join(" · ")}</span>
            <span className="text-ink-3">{session.database}</span>
            <span className={props.root && session.state !== "active" ? "font-medium text-warn" : "text-ink-2"}>
              {t(`postgres.state.${session.state}`)} <Seconds of={session.stateSeconds} />
            </span>
          </>
        ) : null}
        {session?.waitsFor ? (
          <span className="text-ink-2 wrap-anywhere">
            {t("postgres.blocking.waitsFor", {
              lock: session.waitsFor.type,
              mode: session.waitsFor.mode,
              on: session.waitsFor.relation ?? "none",
            })}
          </span>
        ) : null}
        {node.alsoBlockedBy.length > 0 ? (
          <span className="text-ink-3">{t("postgres.blocking.also", { pids: node.alsoBlockedBy.join(", ") })}</span>
        ) : null}
      </div>
      {session ? (
        <QueryText query={session.query} cut={session.queryCut} hidden={known.hidden} id={session.queryId} />
      ) : node.pid === PREPARED_PID ? (
        <span className="figures text-xs wrap-anywhere">{known.prepared.map(({ gid }) => gid).join(", ")}</span>
      ) : null}
    </div>
  );
}
