import { expect, test } from "vitest";
import { healthyState, NOW } from "../testing/builders";
import { eyeSees, finds } from "../testing/client-eye";
import { clientEyeSamples } from "./client-eye";

const state = healthyState({ clientEye: true });

test("every answer between two pictures is a sample, once", () => {
  const later = eyeSees(state, finds(0), 3, NOW + 1_000);
  expect(clientEyeSamples(state, later).map(({ subject, metric, value }) => [subject, metric, value])).toEqual(
    Array.from({ length: 3 }, () => ["10.0.0.200", "client-latency-ms", 3]),
  );
  expect(clientEyeSamples(later, later)).toEqual([]);
});

test("a session that failed has no latency, and nothing configured has no samples", () => {
  expect(clientEyeSamples(state, eyeSees(state, "timeout", 3, NOW + 1_000))).toEqual([]);
  expect(clientEyeSamples(null, healthyState())).toEqual([]);
});
