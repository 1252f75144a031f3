import type { Metadata } from "next";
import { RunPage } from "@/components/runs/run-page";
import { serverT } from "../../../../../preferences";
import { requireCluster } from "../../cluster";

type Props = { params: Promise<{ scope: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("runbooks.run")} · ${title}` };
}

export default async function OneRun({ params }: Props) {
  const { scope } = await requireCluster(params);
  const { id } = await params;
  return <RunPage scope={scope} id={decodeURIComponent(id)} />;
}
