import type { Route } from "next";

/** Every page behind the sign-in, as the navigation groups them. */
export const PAGE_GROUPS = [
  { name: "everyday", pages: ["dashboard", "transactions", "accounts", "chat"] },
  { name: "plan", pages: ["budgets", "goals", "recurring", "forecast"] },
  { name: "understand", pages: ["insights", "investments"] },
  { name: "organise", pages: ["import", "rules", "categories"] },
  { name: "account", pages: ["notifications", "settings"] },
] as const;

export type Group = { name: (typeof PAGE_GROUPS)[number]["name"]; pages: readonly Page[] };
export type Page = (typeof PAGE_GROUPS)[number]["pages"][number];

/** A phone's bottom bar has room for these; the others are behind “More”. */
export const BAR_PAGES: ReadonlySet<Page> = new Set<Page>(["dashboard", "transactions", "accounts", "chat", "budgets"]);
export const GROUPS_BESIDE_BAR: readonly Group[] = PAGE_GROUPS.map(({ name, pages }) => ({
  name,
  pages: pages.filter((page) => !BAR_PAGES.has(page)),
})).filter(({ pages }) => pages.length > 0);

export function pagePath(page: Page): Route {
  return `/${page}` as Route;
}

export function isWithin(page: Page, pathname: string): boolean {
  return pathname === pagePath(page) || pathname.startsWith(`${pagePath(page)}/`);
}
