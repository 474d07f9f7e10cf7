import { describe, expect, it } from "vitest";
import { apiQuery, isFiltered, moreFilters, pagePath, readQuery, withoutCursor } from "@/lib/transactions-query";

describe("readQuery", () => {
  it("takes the known parameters only, trimmed, without empty and repeated ones", () => {
    const query = readQuery({ q: "  rent ", from: "", to: ["2026-01-01", "2026-02-01"], account_id: "a1", limit: "9999", cursor: "c" });
    expect(query).toEqual({ q: "rent", account_id: "a1", cursor: "c" });
  });
});

describe("apiQuery", () => {
  it("reads typed amounts, and leaves to the API what isn't one", () => {
    expect(apiQuery({ min_amount: "۱٬۲۰۰٫۵", max_amount: "lots", q: "1,200" })).toEqual({ min_amount: "1200.5", max_amount: "lots", q: "1,200" });
  });
});

describe("filters", () => {
  it("that aren't among the usual ones are counted", () => {
    expect(moreFilters({ q: "rent", category_id: "c1", cursor: "c" })).toBe(0);
    expect(moreFilters({ q: "rent", status: "pending", uncategorised: "true" })).toBe(2);
  });

  it("don't count the page as one", () => {
    expect(isFiltered({ cursor: "c" })).toBe(false);
    expect(isFiltered({ q: "rent" })).toBe(true);
  });

  it("stay when going back to the first page", () => {
    const query = { q: "rent", cursor: "c" };
    expect(withoutCursor(query)).toEqual({ q: "rent" });
    expect(query).toEqual({ q: "rent", cursor: "c" });
  });

  it("survive the way through the address", () => {
    const query = { q: "a&b=c d", from: "2026-01-01" };
    const path = pagePath(query);
    expect(readQuery(Object.fromEntries(new URL(path, "http://localhost").searchParams))).toEqual(query);
    expect(pagePath({})).toBe("/transactions");
  });
});
