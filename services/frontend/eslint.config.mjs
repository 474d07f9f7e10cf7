import coreWebVitals from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const config = [
  { ignores: [".next/**", "next-env.d.ts"] },
  ...coreWebVitals,
  ...typescript,
  { rules: { "react/no-danger": "error", "react/no-danger-with-children": "error" } },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
];

export default config;
