/** The `data` of each server-sent event, with the time at which its last byte came in (ms since 1970). */
export async function* sseData(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly data: string; readonly arrivedAt: number }> {
  const decoder = new TextDecoder();
  let rest = "";
  // `for await` over a web stream is in Node, not in the DOM's types.
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const arrivedAt = Date.now();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const events = rest.split(/\r\n\r\n|\n\n|\r\r/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = dataOf(event);
      if (data !== null) yield { data, arrivedAt };
    }
  }
}

/** The `data:` lines of one event joined; null for a comment or an event without data. */
export function dataOf(event: string): string | null {
  const lines = event.split(/\r\n|\n|\r/).filter((line) => line.startsWith("data:"));
  if (lines.length === 0) return null;
  return lines.map((line) => line.slice(line.startsWith("data: ") ? 6 : 5)).join("\n");
}
