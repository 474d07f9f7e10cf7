import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addMonths, currentMonth, firstDay, isMonth, lastDay, today } from "@/lib/dates";

describe("calendar dates", () => {
  it("know how long a month is", () => {
    expect(firstDay("2024-02")).toBe("2024-02-01");
    expect(lastDay("2024-02")).toBe("2024-02-29");
    expect(lastDay("2026-02")).toBe("2026-02-28");
    expect(lastDay("2026-12")).toBe("2026-12-31");
  });

  it("step over the end of a year", () => {
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(addMonths("2026-12", 1)).toBe("2027-01");
    expect(addMonths("2026-05", -36)).toBe("2023-05");
  });
});

describe("isMonth", () => {
  it.each(["2026-01", "1999-12"])("takes %s", (value) => expect(isMonth(value)).toBe(true));
  it.each(["2026-13", "2026-00", "2026-1", "2026-01-01", "", undefined, ["2026-01"]])("refuses %j", (value) => {
    expect(isMonth(value)).toBe(false);
  });
});

describe("today", () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-30T23:59:59Z") }));
  afterEach(() => void vi.useRealTimers());

  it("is the day in UTC, as in the backend", () => {
    expect(today()).toBe("2026-11-30");
    expect(currentMonth()).toBe("2026-11");
  });
});
