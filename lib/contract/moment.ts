const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const EPOCH_MS = /^\d{1,15}$/;

/** A moment of a query, ISO 8601 with its zone or epoch ms, as epoch ms; null for anything else: never a guess, never now. */
export function parseMoment(text: string | null): number | null {
  if (text === null) return null;
  if (EPOCH_MS.test(text)) return Number(text);
  // A plus sign that was not encoded arrives as a space.
  const at = ISO.test(text.replace(" ", "+")) ? Date.parse(text.replace(" ", "+")) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
