import type { Metadata } from "next";
import { ConfigurationPage } from "@/components/configuration/configuration-page";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await requireCluster(params)).title };
}

export default async function Configuration({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <ConfigurationPage scope={scope} />;
}
