import type { Metadata } from "next";
import { PostgresPage } from "@/components/postgres/postgres-page";
import { serverT } from "../../../../preferences";
import { requireCluster } from "../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([serverT(), requireCluster(params)]);
  return { title: `${t("tabs.activity")} · ${title}` };
}

export default async function Activity({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <PostgresPage scope={scope} />;
}
