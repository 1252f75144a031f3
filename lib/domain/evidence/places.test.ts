import { describe, expect, it } from "vitest";
import { memberName } from "../ids";
import { naturally } from "./natural-order";
import { hostOf, makePlaces, portOf } from "./places";

it.each([
  ["http://10.0.0.1:2379", "10.0.0.1", 2379],
  ["10.0.0.1:5432", "10.0.0.1", 5432],
  ["Node1", "node1", null],
  ["https://[fd00::1]:8008/patroni", "fd00::1", 8008],
  ["fd00::1", "fd00::1", null],
  ["", null, null],
  [null, null, null],
] as const)("%s is at host %s", (address, host, port) => {
  expect(hostOf(address)).toBe(host);
  if (address !== "fd00::1") expect(portOf(address)).toBe(port);
});

describe("a member is found", () => {
  const places = makePlaces([
    { name: memberName("pg-1"), host: "10.0.0.1", port: 5432 },
    { name: memberName("pg-10"), host: "10.0.0.2", port: 5432 },
    { name: memberName("twin-a"), host: "10.0.0.3", port: 5432 },
    { name: memberName("twin-b"), host: "10.0.0.3", port: 5433 },
  ]);
  it("by name and not by a part of it", () => {
    expect(places.byName("PG-1")).toBe("pg-1");
    expect(places.byName("pg")).toBeNull();
  });
  it("by address, and by port where two share one", () => {
    expect(places.byHost("10.0.0.2", 6432)).toBe("pg-10");
    expect(places.byHost("10.0.0.3", 5433)).toBe("twin-b");
    expect(places.byHost("10.0.0.3")).toBeNull();
  });
  it("by a HAProxy server line's name, name with port, or address", () => {
    expect(places.byServer({ name: "pg-10:6432", address: null })).toBe("pg-10");
    expect(places.byServer({ name: "srv1", address: "10.0.0.1:6432" })).toBe("pg-1");
    expect(places.byServer({ name: "10.0.0.2", address: null })).toBe("pg-10");
    expect(places.byServer({ name: "srv1", address: null })).toBeNull();
  });
});

it("names sort as people count", () => {
  expect(["n10", "n2", "N1", "n1", "n"].sort(naturally)).toEqual(["n", "N1", "n1", "n2", "n10"]);
});
