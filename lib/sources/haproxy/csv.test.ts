import { expect, test } from "vitest";
import { parseStatsCsv } from "./csv";

const HEAD = "# pxname,svname,status,last_chk,\n";

test("columns are found by name, wherever they stand", () => {
  const moved = "# status,later,svname,pxname,\nUP,1,node1,write,\n";
  expect(parseStatsCsv(moved)).toEqual([{ status: "UP", later: "1", svname: "node1", pxname: "write" }]);
});

test.each([
  ["a comma", '"no, thanks"', "no, thanks"],
  ["doubled quotes", '"said ""no"""', 'said "no"'],
  ["a line break", '"one\ntwo"', "one\ntwo"],
  ["nothing", "", ""],
])("a field may hold %s", (_what, field, value) => {
  const rows = parseStatsCsv(`${HEAD}write,node1,DOWN,${field},\nwrite,BACKEND,UP,,\n`);
  expect(rows?.map((row) => row.last_chk)).toEqual([value, ""]);
});

test.each([
  ["an HTML page", "<html><body>Statistics Report</body></html>"],
  ["nothing", ""],
  ["other columns", "# a,b,c,\n1,2,3,\n"],
  ["a line cut off", `${HEAD}write,node1,UP,,\nwrite,nod`],
  ["an open quote", `${HEAD}write,node1,UP,"half,\n`],
])("%s is not the statistics", (_what, text) => {
  expect(parseStatsCsv(text)).toBeNull();
});

test("a page of no proxies is empty, which is not malformed", () => {
  expect(parseStatsCsv(HEAD)).toEqual([]);
});
