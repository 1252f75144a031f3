import type { Metadata } from "next";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { alertsPath } from "@/lib/client/paths";
import { serverT } from "../../preferences";
import { requirePerson } from "../person";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("alertsPage.title") };
}

export default async function Alerts() {
  await requirePerson(alertsPath());
  return <AlertsPage />;
}
