import type { ReactNode } from "react";
import { requireCluster } from "./cluster";

type Props = { children: ReactNode; params: Promise<{ scope: string }> };

/** Holds what all pages of one cluster share; an unknown scope ends here. */
export default async function ClusterLayout({ children, params }: Props) {
  await requireCluster(params);
  return children;
}
