import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { correction, formatBits, qrCode } from "./qr";

const textOf = (code: ReturnType<typeof qrCode>) =>
  code?.map((row) => row.map((dark) => (dark ? "#" : ".")).join("")) ?? null;

describe("a QR code", () => {
  test("corrects errors as the standard's worked example does: HELLO WORLD in 1-M", () => {
    const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
    expect(correction(data, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
  });

  // Table C.1 of the standard, level M.
  test.each([
    [0, "101010000010010"],
    [1, "101000100100101"],
    [2, "101111001111100"],
    [3, "101101101001011"],
    [4, "100010111111001"],
    [5, "100000011001110"],
    [6, "100111110010111"],
    [7, "100101010100000"],
  ])("tells mask %i by the bits of the standard", (mask, bits) => {
    expect(formatBits(mask).toString(2).padStart(15, "0")).toBe(bits);
  });

  // Capacities in bytes of level M, table 7 of the standard.
  test.each([14, 26, 42, 62, 84, 106, 122, 152, 180, 213].map((bytes, index) => [index + 1, bytes]))(
    "version %i holds %i bytes and not one more",
    (version, bytes) => {
      expect(qrCode("a".repeat(bytes))).toHaveLength(17 + 4 * version);
      const more = qrCode("a".repeat(bytes + 1));
      if (version === 10) expect(more).toBeNull();
      else expect(more).toHaveLength(17 + 4 * (version + 1));
    },
  );

  // Drawn by another program (npm `qrcode` 1.5.4), as are the hashes below.
  test("is drawn module by module as another program draws it", () => {
    expect(textOf(qrCode("Matriarch"))).toEqual([
      "#######...#...#######",
      "#.....#...##..#.....#",
      "#.###.#.#.#.#.#.###.#",
      "#.###.#.#...#.#.###.#",
      "#.###.#.##..#.#.###.#",
      "#.....#.#.##..#.....#",
      "#######.#.#.#.#######",
      "........#.#..........",
      "#.#####..###..#####..",
      "...##..#.#.##..##.#.#",
      ".##...###...###..###.",
      ".###....#..###.#####.",
      "....#.##..#.#.##.#.##",
      "........###.#.#.###..",
      "#######...##......##.",
      "#.....#.#.#......###.",
      "#.###.#.##.#...#.#..#",
      "#.###.#.##.######.#..",
      "#.###.#.###.#.#......",
      "#.....#..#.####..##..",
      "#######.###.#..##..#.",
    ]);
  });

  const LINK = "https://dba.example.com/wall?token=mtw_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
  test.each([
    [LINK, 5, "2348acc282187fea259eefc367f8391ea005f91573caf4285311233c6f122d37"],
    ["x".repeat(110), 7, "3ac2e800e192685e1568549741ed1d3db734402f749d75b40b1c7d08130b518c"],
    ["x".repeat(140), 8, "3f535daca969ea78d1a41e0cf8a22bf41b61a669d3045df63ca8aa0604842dcc"],
    ["x".repeat(170), 9, "9a7ec475070f29b768d2e8dbda07e400d520aa4ed9dc24389653456ffd840717"],
    ["x".repeat(200), 10, "52694c754b2960b4805bb87003f8e37ab96900a43779c325641d047dba6ea12d"],
  ])("of %s is version %i and like another program's", (text, version, hash) => {
    const rows = textOf(qrCode(text)) ?? [];
    expect(rows).toHaveLength(17 + 4 * version);
    expect(createHash("sha256").update(rows.join("\n")).digest("hex")).toBe(hash);
  });

  test("counts bytes, not characters", () => {
    expect(qrCode("я".repeat(7))).toHaveLength(21);
    expect(qrCode("я".repeat(8))).toHaveLength(25);
  });
});
