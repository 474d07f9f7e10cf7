import { afterEach, expect, it, vi } from "vitest";
import { uploadLimit } from "@/lib/server/upload-limit";

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["40", 40],
  ["", 20],
  [undefined, 20],
  ["large", 20],
])("takes the limit %j of the environment for %i MiB", (set, limit) => {
  vi.stubEnv("UPLOAD_LIMIT_MIB", set);
  expect(uploadLimit()).toBe(limit);
});
