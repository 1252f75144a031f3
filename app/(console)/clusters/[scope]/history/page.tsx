import type { Metadata } from "next";
import { HistoryPage } from "@/components/history/history-page";
import { serverT } from "../../../../preferences";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("tabs.history")} · ${title}` };
}

export default async function History({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <HistoryPage scope={scope} />;
}
