/** A slip of so many letters is still taken for the word. */
const SLIPS_MAX = 3;

/** The word that was probably meant; null when none is near. */
export function nearest(word: string, words: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: { readonly word: string; readonly slips: number } | null = null;
  for (const candidate of words) {
    const slips = distance(wanted, candidate.toLowerCase());
    if (slips <= Math.min(SLIPS_MAX, Math.ceil(wanted.length / 3)) && (best === null || slips < best.slips)) {
      best = { word: candidate, slips };
    }
  }
  return best?.word ?? null;
}

/** `one of a, b`, with the likely one first where there is one; long lists are cut to it. */
export function oneOf(what: string, word: string, words: Iterable<string>): string {
  const meant = nearest(word, words);
  return meant === null ? what : `${what} (did you mean ${meant}?)`;
}

/** Letters put in, taken out or changed to make one of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
