import type { Metadata } from "next";
import { ReplicationPage } from "@/components/replication/replication-page";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await requireCluster(params)).title };
}

export default async function Replication({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <ReplicationPage scope={scope} />;
}
