"use client";
import Link from "next/link";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { useT } from "@/lib/client/i18n";
import { useOperation } from "@/lib/client/operations";
import { clusterPagePath } from "@/lib/client/paths";
import { headlineOf } from "./describe";
import { OperationProgress } from "./operation/progress";

/** One operation on a page of its own, to be sent to somebody. */
export function OperationPage(props: { scope: string; id: string }) {
  const { scope, id } = props;
  const t = useT();
  return (
    <ClusterFrame scope={scope} page="operations">
      {() => (
        <div className="flex flex-col gap-3">
          <Link
            href={clusterPagePath(scope, "operations")}
            className="w-fit text-sm text-accent underline-offset-4 hover:underline print:hidden"
          >
            ← {t("operationsPage.back")}
          </Link>
          <Followed scope={scope} id={id} />
        </div>
      )}
    </ClusterFrame>
  );
}

function Followed(props: { scope: string; id: string }) {
  const t = useT();
  const { operation, recorded, problem } = useOperation(props.scope, props.id, { whole: true });
  // An operation's address carries its cluster; one of another cluster would stand below the wrong name.
  const foreign = operation !== null && operation.scope !== props.scope;
  if (operation === null || foreign) {
    return (
      <p
        role={problem === null && !foreign ? "status" : "alert"}
        className="rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2"
      >
        {foreign || problem?.kind === "not-found"
          ? t("operation.gone")
          : problem === null
            ? t("operation.reading")
            : `${t(`problem.${problem.kind}`)} ${problem.detail ?? ""}`}
      </p>
    );
  }
  return (
    <section className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <h2 className="text-lg font-semibold wrap-anywhere">{headlineOf(t, operation.request)}</h2>
      <OperationProgress operation={operation} recorded={recorded} ownPage />
    </section>
  );
}
