import type { Metadata } from "next";
import { RunbookPage } from "@/components/runbooks/runbook-page";
import { serverT } from "../../../../../preferences";
import { requireCluster } from "../../cluster";

type Props = { params: Promise<{ scope: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("runbooks.one")} · ${title}` };
}

export default async function OneRunbook({ params }: Props) {
  const { scope } = await requireCluster(params);
  const { id } = await params;
  return <RunbookPage scope={scope} id={decodeURIComponent(id)} />;
}
