import { type NextRequest, NextResponse } from "next/server";
import { signInPath } from "@/lib/return-path";

const SESSION_COOKIE = "wealth_session";
const PUBLIC_PAGES = new Set(["/resume", "/sign-in", "/sign-up"]);

// `display:none`, which React writes on a part of an SVG that it streams before its place is there. The nonce is for elements only.
const HIDDEN_STYLE = "'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='";

function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates code to rebuild stack traces; production does not.
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ` 'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-hashes' ${HIDDEN_STYLE}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const SECURITY_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** Gives each page a policy with a fresh nonce; sends visitors without a session to sign in before anything is rendered for them. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()));

  const headers = new Headers(request.headers);
  // Next.js reads the nonce for its own scripts from this request header.
  headers.set("Content-Security-Policy", policy);

  const response =
    PUBLIC_PAGES.has(pathname) || request.cookies.has(SESSION_COOKIE)
      ? NextResponse.next({ request: { headers } })
      : // Next.js answers with a path, not with a host, since both have the same origin.
        NextResponse.redirect(new URL(signInPath(pathname === "/" ? undefined : pathname + search), request.url));
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: ["/((?!_next/static/|icons/|healthz$|icon\\.svg$|manifest\\.webmanifest$|offline\\.html$|service-worker\\.js$).*)"],
};
