import type { Metadata } from "next";
import { FindingsPage } from "@/components/findings/findings-page";
import { serverT } from "../../../../preferences";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("tabs.findings")} · ${title}` };
}

export default async function Findings({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <FindingsPage scope={scope} />;
}
