import type { Category } from "@/lib/api/schema";

export interface Branch {
  category: Category;
  /** 0 at the top. */
  depth: number;
}

/** Each category followed by those below it, in the order of the API. */
export function branches(categories: readonly Category[]): Branch[] {
  const below = (parentId: string | null, depth: number): Branch[] =>
    categories
      .filter((category) => category.parent_id === parentId)
      .flatMap((category) => [{ category, depth }, ...below(category.id, depth + 1)]);
  return below(null, 0);
}

/** The ids of a category and of all below it. */
export function idsBelow(categories: readonly Category[], id: string): Set<string> {
  const ids = new Set([id]);
  // A child comes after its parent.
  for (const { category } of branches(categories)) if (ids.has(category.parent_id ?? "")) ids.add(category.id);
  return ids;
}
