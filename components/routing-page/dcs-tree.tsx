"use client";
import { useState } from "react";
import { FailureText } from "@/components/sources/failure-text";
import { Age } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { useDcsTree } from "@/lib/client/use-routing";
import type { DcsTreeAnswer } from "@/lib/contract/dcs-tree";

const BUTTON = "rounded-md border border-line-strong bg-surface px-3 py-1 text-sm hover:bg-raised disabled:text-ink-3";

/** The keys that Patroni keeps, as they are stored; read only, and only when asked for. */
export function DcsTree(props: { scope: string }) {
  const t = useT();
  const [wanted, setWanted] = useState(false);
  const { data, error, isFetching, refetch } = useDcsTree(props.scope, wanted);
  const problem = error ? problemOf(error) : null;
  const read = () => (wanted ? void refetch() : setWanted(true));
  return (
    <Panel title={t("routingPage.tree.title")} aside={data ? <Age at={data.at} /> : null} flush>
      <div className="flex flex-wrap items-center gap-3 px-4 pb-3 text-sm">
        <button type="button" className={BUTTON} onClick={read} disabled={isFetching}>
          {t(data ? "routingPage.tree.again" : "routingPage.tree.read")}
        </button>
        {data?.tree ? (
          <span className="text-ink-3">
            {t("routingPage.tree.summary", { count: data.tree.keys.length, revision: data.tree.revision })}
          </span>
        ) : (
          <span className="text-ink-3">{t("routingPage.tree.hint")}</span>
        )}
      </div>
      <div aria-live="polite">
        {problem ? (
          <p className="px-4 pb-4 text-sm text-warn">
            {problem.kind === "forbidden" ? t("routingPage.tree.forbidden") : t(`problem.${problem.kind}`)}
          </p>
        ) : null}
        {data?.failure ? (
          <div className="px-4 pb-4">
            <FailureText failure={data.failure} />
          </div>
        ) : null}
      </div>
      {data?.tree ? <Keys tree={data.tree} /> : null}
    </Panel>
  );
}

function Keys(props: { tree: NonNullable<DcsTreeAnswer["tree"]> }) {
  const { prefix, keys } = props.tree;
  const t = useT();
  if (keys.length === 0)
    return <p className="px-4 pb-4 text-sm text-ink-3">{t("routingPage.tree.empty", { prefix })}</p>;
  return (
    <ul>
      {keys.map(({ key, value, modRevision, lease }) => (
        <li key={key} className="border-t border-line">
          <details className="group">
            <summary className="grid cursor-pointer grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-1.5 text-sm hover:bg-raised sm:grid-cols-[14rem_minmax(0,1fr)_auto]">
              <span className="figures font-medium wrap-anywhere">{key.slice(prefix.length) || key}</span>
              <span className="figures truncate text-ink-3 group-open:invisible max-sm:col-span-2 max-sm:row-start-2">
                {value}
              </span>
              <span className="text-xs leading-5 whitespace-nowrap text-ink-3">
                {t("routingPage.tree.modified", { revision: modRevision })}
                {lease === null ? "" : ` · ${t("routingPage.tree.leased")}`}
              </span>
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
            <pre tabIndex={0} className="figures overflow-x-auto bg-raised px-4 py-2 text-xs">
              {pretty(value)}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** JSON on several lines; numbers beyond 53 bits would change in parsing, so such text stays as it is. */
function pretty(text: string): string {
  if (/\d{16,}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
