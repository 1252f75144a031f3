import type { Metadata } from "next";
import { RunbooksPage } from "@/components/runbooks/runbooks-page";
import { serverT } from "../../../../preferences";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("tabs.runbooks")} · ${title}` };
}

export default async function Runbooks({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <RunbooksPage scope={scope} />;
}
