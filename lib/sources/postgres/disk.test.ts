import { expect, test } from "vitest";
import { parseDiskSpace } from "./disk";

const KIB = 1_024;
const disk = (holds: readonly string[], mount: string, [total, used, free]: readonly [number, number, number]) => ({
  holds,
  mount,
  totalBytes: total * KIB,
  usedBytes: used * KIB,
  freeBytes: free * KIB,
});

test.each([
  [
    "one filesystem for all is one entry that holds all",
    ". /dev/sda2 1000 400 550 43% /\npg_wal /dev/sda2 1000 400 550 43% /\npg_tblspc/16385/ /dev/sda2 1000 400 550 43% /\n",
    [disk(["data", "wal", "tablespace"], "/", [1000, 400, 550])],
  ],
  [
    "WAL and tablespaces of their own; two tablespaces on one disk are named once",
    ". /dev/sda2 1000 400 550 43% /var\npg_wal /dev/sdb 90 80 5 95% /wal\npg_tblspc/1/ /dev/sdc 9 1 8 12% /t\npg_tblspc/2/ /dev/sdc 9 1 8 12% /t",
    [
      disk(["data"], "/var", [1000, 400, 550]),
      disk(["wal"], "/wal", [90, 80, 5]),
      disk(["tablespace"], "/t", [9, 1, 8]),
    ],
  ],
  [
    "spaces in names, and what root has taken from its reserve is not less than nothing free",
    ". //nas/pg data 1000 1000 -20 102% /srv/pg data\n",
    [disk(["data"], "/srv/pg data", [1000, 1000, 0])],
  ],
  [
    "a path of which df said nothing is left out",
    ". \npg_wal /dev/sdb 90 80 5 95% /wal",
    [disk(["wal"], "/wal", [90, 80, 5])],
  ],
  ["a filesystem without a size tells nothing", ". tmpfs 0 0 0 - /odd", null],
  ["nothing at all", "", null],
])("%s", (_what, said, expected) => {
  expect(parseDiskSpace(said)).toEqual(expected);
});
