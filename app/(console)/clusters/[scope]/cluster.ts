import "server-only";
import { notFound } from "next/navigation";
import { clusterPath } from "@/lib/client/paths";
import { config } from "@/lib/config/current";
import type { ClusterConfig } from "@/lib/config/types";
import { requirePerson } from "../../person";

/** The configured cluster that the address names, after the reader was checked; 404 for any other. */
export async function requireCluster(
  params: Promise<{ scope: string }>,
): Promise<Pick<ClusterConfig, "scope" | "title">> {
  const scope = decode((await params).scope);
  await requirePerson(clusterPath(scope));
  const found = config().clusters.find((cluster) => cluster.scope === scope);
  if (!found) notFound();
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
