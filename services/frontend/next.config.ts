import type { NextConfig } from "next";

// In a cluster the Ingress sends /api/v1 to the backend; only a developer's own machine needs this stand-in for it.
const devBackend = process.env.NODE_ENV === "development" ? process.env.BACKEND_URL : undefined;

/** The part of webpack's that is used here. */
interface ChunkGraph {
  getModuleChunksIterable: (module: object) => Iterable<{ name?: string }>;
}

/** A file of the scripts that an entry has in common with those beside and below it, which bring it along: left alone, each has its own copy. */
function sharedWith(entry: string, below: string, priority: number) {
  return {
    chunks: ({ name }: { name?: string }) => name?.startsWith(below) ?? false,
    test: (module: { type: string }, { chunkGraph }: { chunkGraph: ChunkGraph }) =>
      module.type.startsWith("javascript/") && [...chunkGraph.getModuleChunksIterable(module)].some(({ name }) => name === entry),
    name: `with-${entry.replace(/\W+/g, "-")}`,
    minChunks: 2,
    enforce: true,
    priority,
  };
}

const config: NextConfig = {
  output: "standalone",
  agentRules: false,
  experimental: { agentUpgrade: false, preloadEntriesOnStart: false },
  // No image is ever resized, so the library for it stays out of the image.
  outputFileTracingExcludes: { "next-server": ["**/node_modules/sharp/**", "**/node_modules/@img/**"] },
  images: { unoptimized: true },
  // What the server preloads is no part of a page, so the trace of the pages does not lead to it.
  outputFileTracingIncludes: { "/": ["sirv", "@polka/url", "mrmime", "totalist"].map((name) => `./node_modules/${name}/**`) },
  // `npm run typecheck` is a check of its own; the build of an image needs no compiler for it.
  typescript: { ignoreBuildErrors: true },
  // The image is built with webpack, whose output is the smaller; `next dev` is quicker with Turbopack, as it is.
  turbopack: {},
  webpack: (options, { isServer }) => {
    if (!isServer) {
      // What every page loads, in one file: brotli makes less of it than of two.
      options.optimization.splitChunks.cacheGroups.everywhere = {
        name: "everywhere",
        chunks: ({ name }: { name?: string }) => name === "main-app",
        enforce: true,
        priority: 50,
      };
      options.optimization.splitChunks.cacheGroups.root = sharedWith("app/error", "app/", 45);
      options.optimization.splitChunks.cacheGroups.shell = sharedWith("app/(app)/layout", "app/(app)/", 40);
    }
    return options;
  },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  ...(devBackend && {
    rewrites: async () => [{ source: "/api/v1/:path*", destination: `${devBackend}/api/v1/:path*` }],
  }),
};

export default config;
