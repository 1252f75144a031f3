import type { Metadata } from "next";
import { ClusterPage } from "@/components/cluster/cluster-page";
import { requireCluster } from "./cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await requireCluster(params)).title };
}

export default async function Overview({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <ClusterPage scope={scope} />;
}
