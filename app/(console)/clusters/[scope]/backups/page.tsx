import type { Metadata } from "next";
import { BackupsPage } from "@/components/backups/backups-page";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await requireCluster(params)).title };
}

export default async function Backups({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <BackupsPage scope={scope} />;
}
