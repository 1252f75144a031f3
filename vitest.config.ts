import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `server-only` throws outside a React server build; tests load an empty module in its place.
const alias = {
  "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""),
  "server-only": fileURLToPath(new URL("./scripts/testing/empty-module.ts", import.meta.url)),
};

export default defineConfig({
  resolve: { alias },
  test: {
    // Left to itself it keeps one core free, which on two cores is half of the machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["{lib,app,lab,scripts,e2e}/**/*.test.ts", "*.test.ts"],
          exclude: ["**/*.lab.test.ts", "**/node_modules/**"],
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
          // One cluster, many faults: these tests share it and must not overlap.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
