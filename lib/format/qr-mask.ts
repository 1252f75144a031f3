/** The eight masks of a QR code, and which of them suits best: the standard's four penalties. */

type Rows = readonly (readonly boolean[])[];

const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

export const isMasked = (mask: number, x: number, y: number): boolean => MASKS[mask]?.(x, y) === 0;

/** The mask with the smallest penalty; the chosen one's format is then in `dark`. `format` writes the format of a mask into a grid. */
export function bestMask(dark: boolean[][], fixed: Rows, format: (dark: boolean[][], mask: number) => void): number {
  const penalties = MASKS.map((_mask, mask) => {
    const tried = dark.map((row, y) => row.map((one, x) => one !== (!fixed[y]?.[x] && isMasked(mask, x, y))));
    format(tried, mask);
    return penaltyOf(tried);
  });
  const best = penalties.indexOf(Math.min(...penalties));
  format(dark, best);
  return best;
}

function penaltyOf(rows: Rows): number {
  const size = rows.length;
  const columns = rows.map((_row, x) => rows.map((row) => row[x] ?? false));
  const lines = [...rows, ...columns];
  const runs = lines.reduce((total, line) => total + runPenalty(line) + finderPenalty(line), 0);
  let squares = 0;
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const one = rows[y]?.[x];
      if (one === rows[y]?.[x - 1] && one === rows[y - 1]?.[x] && one === rows[y - 1]?.[x - 1]) squares += 3;
    }
  }
  const dark = rows.flat().filter(Boolean).length;
  const balance = Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
  return runs + squares + balance;
}

/** Five or more of one colour in a row. */
function runPenalty(line: readonly boolean[]): number {
  let [penalty, length] = [0, 0];
  line.forEach((one, at) => {
    length = one === line[at - 1] ? length + 1 : 1;
    if (length === 5) penalty += 3;
    else if (length > 5) penalty += 1;
  });
  return penalty;
}

const FINDERS = ["10111010000", "00001011101"] as const;

/** What could be taken for a finder. */
function finderPenalty(line: readonly boolean[]): number {
  const text = line.map(Number).join("");
  let penalty = 0;
  for (let at = 0; at + 11 <= text.length; at += 1) {
    if (FINDERS.some((finder) => text.startsWith(finder, at))) penalty += 40;
  }
  return penalty;
}
