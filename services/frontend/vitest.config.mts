import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ["*.test.ts", "src/**/*.test.{ts,tsx}"],
    globals: true, // lets the testing library tidy up after each test
    setupFiles: ["./vitest.setup.mts"],
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
  },
});
