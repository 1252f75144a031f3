import type { Metadata } from "next";
import { IncidentPage } from "@/components/incident/incident-page";
import { serverT } from "../../../../../preferences";
import { requireCluster } from "../../cluster";

type Props = { params: Promise<{ scope: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ title }, t] = await Promise.all([requireCluster(params), serverT()]);
  return { title: `${t("incidentPage.title")} · ${title}` };
}

export default async function Incident({ params }: Props) {
  const { scope } = await requireCluster(params);
  return <IncidentPage scope={scope} />;
}
