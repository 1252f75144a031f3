import type { Metadata } from "next";
import { OperationPage } from "@/components/actions/operation-page";
import { serverT } from "../../../../../preferences";
import { requireCluster } from "../../cluster";

type Props = { params: Promise<{ scope: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("operation.title")} · ${title}` };
}

export default async function OneOperation({ params }: Props) {
  const { scope } = await requireCluster(params);
  const { id } = await params;
  return <OperationPage scope={scope} id={decodeURIComponent(id)} />;
}
