import type { Metadata } from "next";
import { OperationsPage } from "@/components/actions/operations-page";
import { serverT } from "../../../../preferences";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("tabs.operations")} · ${title}` };
}

export default async function Operations({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <OperationsPage scope={scope} />;
}
