import type { Metadata } from "next";
import { FleetPage } from "@/components/fleet/fleet-page";
import { serverT } from "../preferences";
import { requirePerson } from "./person";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("shell.fleet") };
}

export default async function Fleet() {
  await requirePerson("/");
  return <FleetPage />;
}
