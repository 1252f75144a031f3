import { bestMask, isMasked } from "./qr-mask";

/**
 * A QR code of a text: ISO/IEC 18004, byte mode, error correction M, versions 1 – 10 (at most 213 bytes of UTF-8). Rows of modules, true
 * is dark; the quiet zone around is left to who draws it. Null for a text that is too long.
 */
export type QrCode = readonly (readonly boolean[])[];

type Version = {
  readonly ecPerBlock: number;
  /** Data codewords of each block. */
  readonly blocks: readonly number[];
  /** Centres of the alignment patterns. */
  readonly centres: readonly number[];
};

/** Tables 9 and E.1 of the standard, level M. */
const VERSIONS: readonly Version[] = [
  { ecPerBlock: 10, blocks: [16], centres: [] },
  { ecPerBlock: 16, blocks: [28], centres: [6, 18] },
  { ecPerBlock: 26, blocks: [44], centres: [6, 22] },
  { ecPerBlock: 18, blocks: [32, 32], centres: [6, 26] },
  { ecPerBlock: 24, blocks: [43, 43], centres: [6, 30] },
  { ecPerBlock: 16, blocks: [27, 27, 27, 27], centres: [6, 34] },
  { ecPerBlock: 18, blocks: [31, 31, 31, 31], centres: [6, 22, 38] },
  { ecPerBlock: 22, blocks: [38, 38, 39, 39], centres: [6, 24, 42] },
  { ecPerBlock: 22, blocks: [36, 36, 36, 37, 37], centres: [6, 26, 46] },
  { ecPerBlock: 26, blocks: [43, 43, 43, 43, 44], centres: [6, 28, 50] },
];
const BYTE_MODE = 0b0100;
const PADS = [0xec, 0x11] as const;

export function qrCode(text: string): QrCode | null {
  const bytes = new TextEncoder().encode(text);
  const index = VERSIONS.findIndex((one, at) => bytes.length + headerBytes(at + 1) <= sum(one.blocks));
  const version = VERSIONS[index];
  if (!version) return null;
  const grid = emptyGrid(index + 1, version);
  fill(grid, interleaved(dataCodewords(bytes, index + 1, sum(version.blocks)), version));
  const mask = bestMask(grid.dark, grid.fixed, (dark, tried) => writeFormat({ ...grid, dark }, tried));
  return grid.dark.map((row, y) => row.map((dark, x) => dark !== (!grid.fixed[y]?.[x] && isMasked(mask, x, y))));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const countBits = (version: number) => (version < 10 ? 8 : 16);
const headerBytes = (version: number) => Math.ceil((4 + countBits(version)) / 8);

function dataCodewords(bytes: Uint8Array, version: number, capacity: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let at = length - 1; at >= 0; at -= 1) bits.push((value >>> at) & 1);
  };
  put(BYTE_MODE, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, capacity * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const codewords: number[] = [];
  for (let at = 0; at < bits.length; at += 8) codewords.push(bits.slice(at, at + 8).reduce((v, bit) => v * 2 + bit, 0));
  for (let pad = 0; codewords.length < capacity; pad ^= 1) codewords.push(PADS[pad === 0 ? 0 : 1]);
  return codewords;
}

/** Multiplication in GF(256) modulo x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** The remainder of the data by the generator of that many correction codewords. */
export function correction(data: readonly number[], count: number): number[] {
  let generator: number[] = [1];
  for (let root = 1, made = 0; made < count; made += 1, root = times(root, 2)) {
    generator = [...generator, 0].map((value, at) => value ^ times(generator[at - 1] ?? 0, root));
  }
  const rest = new Array<number>(count).fill(0);
  for (const codeword of data) {
    const factor = codeword ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let at = 0; at < count; at += 1) rest[at] = (rest[at] ?? 0) ^ times(generator[at + 1] ?? 0, factor);
  }
  return rest;
}

function interleaved(data: readonly number[], { blocks, ecPerBlock }: Version): number[] {
  let taken = 0;
  const parts = blocks.map((length) => {
    taken += length;
    return data.slice(taken - length, taken);
  });
  const corrections = parts.map((part) => correction(part, ecPerBlock));
  const across = (columns: readonly (readonly number[])[], length: number) =>
    Array.from({ length }, (_, at) => columns.flatMap((column) => column[at] ?? [])).flat();
  return [...across(parts, Math.max(...blocks)), ...across(corrections, ecPerBlock)];
}

type Grid = { readonly size: number; readonly dark: boolean[][]; readonly fixed: boolean[][] };

function set({ dark, fixed }: Grid, x: number, y: number, value: boolean): void {
  const [row, marks] = [dark[y], fixed[y]];
  if (!row || !marks || x < 0 || x >= row.length) return;
  row[x] = value;
  marks[x] = true;
}

/** Everything that does not depend on the text: finders, timing, alignment, version; the place of the format is kept free. */
function emptyGrid(number: number, { centres }: Version): Grid {
  const size = number * 4 + 17;
  const rows = () => Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const grid: Grid = { size, dark: rows(), fixed: rows() };
  for (let at = 0; at < size; at += 1) {
    set(grid, 6, at, at % 2 === 0);
    set(grid, at, 6, at % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(grid, x, y, 4, [0, 1, 3]);
  for (const x of centres) {
    for (const y of centres) {
      const onFinder = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
      if (!onFinder) square(grid, x, y, 2, [0, 2]);
    }
  }
  writeFormat(grid, 0);
  if (number >= 7) {
    const bits = withCheck(number, 12, 0x1f25);
    for (let at = 0; at < 18; at += 1) {
      const [a, b, dark] = [size - 11 + (at % 3), Math.floor(at / 3), ((bits >>> at) & 1) === 1];
      set(grid, a, b, dark);
      set(grid, b, a, dark);
    }
  }
  return grid;
}

/** Rings around a centre; those at the distances of `rings` are dark. */
function square(grid: Grid, x: number, y: number, reach: number, rings: readonly number[]): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(grid, x + dx, y + dy, rings.includes(ring));
    }
  }
}

/** A value followed by the remainder that guards it. */
function withCheck(value: number, bits: number, polynomial: number): number {
  let rest = value;
  for (let at = 0; at < bits; at += 1) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * polynomial);
  return (value << bits) | rest;
}

/** The fifteen bits that tell level (M is 00) and mask. */
export const formatBits = (mask: number): number => withCheck(mask, 10, 0x537) ^ 0x5412;

function writeFormat(grid: Grid, mask: number): void {
  const { size } = grid;
  const bits = formatBits(mask);
  const bit = (at: number) => ((bits >>> at) & 1) === 1;
  for (let at = 0; at < 6; at += 1) set(grid, 8, at, bit(at));
  set(grid, 8, 7, bit(6));
  set(grid, 8, 8, bit(7));
  set(grid, 7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) set(grid, 14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) set(grid, size - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) set(grid, 8, size - 15 + at, bit(at));
  set(grid, 8, size - 8, true);
}

/** Column pairs from the right, up and down in turn. */
function fill(grid: Grid, codewords: readonly number[]): void {
  const { size, dark, fixed } = grid;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (!row || fixed[y]?.[x]) continue;
        row[x] = (((codewords[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1) === 1;
        at += 1;
      }
    }
  }
}
