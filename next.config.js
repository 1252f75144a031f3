import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The product only: tests, lab and tools are checked by `npm run types`.
  typescript: { tsconfigPath: "tsconfig.build.json" },
  // A stray lockfile in a parent folder would move the root otherwise.
  turbopack: { root: dirname(fileURLToPath(import.meta.url)) },
  // gRPC reads its .proto files from disk at run time and must not be bundled; pg is external by default.
  serverExternalPackages: ["etcd3", "@grpc/grpc-js", "@grpc/proto-loader", "pg", "undici", "better-sqlite3"],
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "x-content-type-options", value: "nosniff" },
          { key: "x-frame-options", value: "DENY" },
          { key: "referrer-policy", value: "same-origin" },
          { key: "cross-origin-opener-policy", value: "same-origin" },
        ],
      },
    ];
  },
};

export default config;
