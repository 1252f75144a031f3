import type { Metadata } from "next";
import { RoutingPage } from "@/components/routing-page/routing-page";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await requireCluster(params)).title };
}

export default async function Routing({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <RoutingPage scope={scope} />;
}
