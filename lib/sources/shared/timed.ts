import type { Observation, Result, SourceKind } from "@/lib/domain/observation";
import { failureOf } from "./failure";

/**
 * Runs one look and stamps it: `observedAt` is when the answer (or its lack) had arrived, `tookMs` is measured on the
 * monotonic clock. A look that throws becomes a failure, so that one broken source stops nothing else.
 */
export async function observe<T>(
  source: SourceKind,
  target: string,
  look: () => Promise<Result<T>>,
): Promise<Observation<T>> {
  const started = performance.now();
  const result = await settled(look);
  return { source, target, observedAt: Date.now(), tookMs: performance.now() - started, result };
}

async function settled<T>(look: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await look();
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
