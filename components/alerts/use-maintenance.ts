"use client";
import { useAtTick } from "@/lib/client/use-live";
import type { AttentionBoard, Silence } from "@/lib/domain/alerts/types";
import { maintenanceNow } from "./groups";

/** The maintenance window that a cluster is in by the reader's clock, whenever its picture was made; null: none. */
export function useMaintenance(attention: AttentionBoard | null): Silence | null {
  const silences = attention?.silences ?? [];
  const id = useAtTick((now) => maintenanceNow(silences, now)?.id ?? "");
  return silences.find((one) => one.id === id) ?? null;
}
