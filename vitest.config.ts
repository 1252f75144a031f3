import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `server-only` throws outside a React server build; tests load an empty module in its place.
const alias = {
  "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""),
  "server-only": fileURLToPath(new URL("./scripts/testing/empty-module.ts", import.meta.url)),
};

/** Integration tests that need real programs and leave the lab's cluster alone: they run beside those that disturb it. */
const APART = ["lib/{audit,db,history,runbooks,walls}/**/*.lab.test.ts", "lib/actions/store.lab.test.ts"];

/**
 * Modules that keep nothing for the process have nothing that one test could leave to the next: these files share what they import, which
 * takes most of their time otherwise. What is for the process (`current.ts`, the metrics) is tested by the routes, each file by itself.
 */
const SHARING = ["{lib,lab,scripts,e2e}/**/*.test.ts"];

export default defineConfig({
  resolve: { alias },
  test: {
    // Left to itself it keeps one core free, which on two cores is half of the machine.
    maxWorkers: "100%",
    // A guard against what hangs, not a measure of speed: other programs use the machine meanwhile.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["app/**/*.test.ts", "*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "sharing",
          environment: "node",
          include: SHARING,
          exclude: ["**/*.lab.test.ts", "**/node_modules/**"],
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: { name: "component", environment: "jsdom", include: ["{components,lib,app}/**/*.test.tsx"] },
      },
      {
        extends: true,
        test: {
          name: "lab",
          environment: "node",
          include: ["{lib,lab}/**/*.lab.test.ts"],
          exclude: [...APART, "**/node_modules/**"],
          // One cluster, many faults: these tests share it and must not overlap.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          environment: "node",
          include: APART,
          // They share one store host.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
