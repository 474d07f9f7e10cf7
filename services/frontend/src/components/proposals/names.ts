import { api } from "@/lib/api/browser";
import type { Account, Category } from "@/lib/api/schema";

/** What the ids in a payload stand for. */
export interface Names {
  accounts: readonly Account[];
  categories: readonly Category[];
}

const KEPT_MS = 20_000;

let kept: { names: Promise<Names | undefined>; until: number } | undefined;

/** For all the cards that appear at the same time only once. */
export function loadNames(): Promise<Names | undefined> {
  if (!kept || kept.until < Date.now()) kept = { names: read(), until: Date.now() + KEPT_MS };
  return kept.names;
}

async function read(): Promise<Names | undefined> {
  const [accounts, categories] = await Promise.all([api.get<Account[]>("/accounts"), api.get<Category[]>("/categories")]);
  if (accounts.ok && categories.ok) return { accounts: accounts.data, categories: categories.data };
  kept = undefined;
  return undefined;
}
