import { expect, it } from "vitest";
import { hostMirror, mirrorFromDeb822, mirrorFromList } from "./mirror";

it("takes the first Debian archive of a one-line list and no other vendor's", () => {
  const text = `# deb http://old.example/debian stable main
deb https://packages.example/apt main main
deb [signed-by=/k.gpg arch=amd64] http://mirror.example/debian/ bookworm main
deb http://mirror.example/debian-security bookworm-security main`;
  expect(mirrorFromList(text)).toBe("http://mirror.example/debian");
});

it("takes the first Debian archive of a deb822 file and skips a stanza that is off", () => {
  const text = `Types: deb
URIs: http://off.example/debian
Enabled: no

Types: deb
URIs: http://mirror.example/debian
Suites: bookworm`;
  expect(mirrorFromDeb822(text)).toBe("http://mirror.example/debian");
});

it("says null when there is no Debian archive", () => {
  expect(mirrorFromList("deb http://x.example/ubuntu noble main")).toBeNull();
  expect(mirrorFromDeb822("Types: deb\nURIs: https://x.example/node_20.x")).toBeNull();
});

it("a machine whose apt names no Debian archive is told what to set", () => {
  expect(() => hostMirror("/nonexistent")).toThrow(/MATRIARCH_LAB_MIRROR/);
});
