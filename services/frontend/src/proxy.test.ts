import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { config, proxy } from "@/proxy";

function visit(path: string, cookie?: string) {
  return proxy(new NextRequest(`http://localhost:8080${path}`, { headers: cookie ? { cookie } : {} }));
}

function directives(response: Response): Map<string, string> {
  const policy = response.headers.get("Content-Security-Policy")!;
  return new Map(policy.split("; ").map((directive) => [directive.split(" ", 1)[0]!, directive]));
}

describe("a visitor without a session", () => {
  it("is sent to sign in, and back to the wanted page afterwards", () => {
    const location = visit("/transactions?q=a&from=2026-01-01").headers.get("location")!;
    const url = new URL(location, "http://localhost:8080");
    expect(url.pathname).toBe("/sign-in");
    expect(url.searchParams.get("next")).toBe("/transactions?q=a&from=2026-01-01");
  });

  it("isn't sent back to the bare address", () => {
    expect(visit("/").headers.get("location")).toMatch(/\/sign-in$/);
  });

  it.each(["/resume", "/sign-in", "/sign-up"])("may see %s", (path) => {
    expect(visit(path).headers.has("location")).toBe(false);
  });
});

describe("every page", () => {
  it.each(["/sign-in", "/dashboard"])("has a policy that lets nothing in from elsewhere (%s)", (path) => {
    const policy = directives(visit(path));
    expect(policy.get("default-src")).toBe("default-src 'none'");
    expect(policy.get("connect-src")).toBe("connect-src 'self'");
    expect(policy.get("frame-ancestors")).toBe("frame-ancestors 'none'");
    // Of all inline styles, only that one text.
    expect(policy.get("style-src-attr")).toMatch(/^style-src-attr 'unsafe-hashes' 'sha256-[\w+/]{43}='$/);
    policy.delete("style-src-attr");
    expect([...policy.values()].join()).not.toMatch(/https?:|data:|unsafe|\*/);
  });

  it("gets a nonce of its own and hands it to the renderer", () => {
    const [first, second] = [visit("/dashboard", "wealth_session=x"), visit("/dashboard", "wealth_session=x")];
    const nonce = directives(first).get("script-src");
    expect(nonce).toMatch(/'nonce-[\w+/=]{32,}'/);
    expect(nonce).not.toBe(directives(second).get("script-src"));
    expect(first.headers.get("x-middleware-request-content-security-policy")).toBe(first.headers.get("Content-Security-Policy"));
  });

  it("may not be framed, sniffed or told on to other sites", () => {
    const { headers } = visit("/dashboard", "wealth_session=x");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
  });
});

describe("the matcher", () => {
  const matcher = new RegExp(`^${config.matcher[0]}$`);

  it.each(["/", "/dashboard", "/healthz-not", "/icon.svg.html", "/icons", "/_next/static-not"])("covers %s", (path) => {
    expect(matcher.test(path)).toBe(true);
  });

  it.each(["/healthz", "/icon.svg", "/icons/icon-192.png", "/manifest.webmanifest", "/_next/static/chunks/a.js"])("leaves %s alone", (path) => {
    expect(matcher.test(path)).toBe(false);
  });
});
