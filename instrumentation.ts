/** Called by Next.js once per server start, before the first request. Compiled for the edge too, hence the import inside. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startMatriarch } = await import("./instrumentation.node");
  await startMatriarch();
}
