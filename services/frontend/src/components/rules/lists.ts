import type { Account, Category, Tag } from "@/lib/api/schema";

export interface Entry {
  id: string;
  name: string;
}

/** What forms choose from. */
export interface Lists {
  accounts: Entry[];
  categories: Entry[];
  tags: string[];
}

export function listsOf(accounts: readonly Account[], categories: readonly Category[], tags: readonly Tag[] = []): Lists {
  return {
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    categories: categoryEntries(categories),
    tags: tags.map(({ name }) => name),
  };
}

/** Each category with the names of those above it; income after spending. */
export function categoryEntries(categories: readonly Category[]): Entry[] {
  const byId = new Map(categories.map((one) => [one.id, one]));
  const path = ({ name, parent_id }: Category): string => {
    const parent = byId.get(parent_id ?? "");
    return parent ? `${path(parent)} › ${name}` : name;
  };
  const ordered = [...categories.filter(({ kind }) => kind === "expense"), ...categories.filter(({ kind }) => kind !== "expense")];
  return ordered.map((one) => ({ id: one.id, name: path(one) }));
}

export function namesOf(entries: readonly Entry[]): Map<string, string> {
  return new Map(entries.map(({ id, name }) => [id, name]));
}
