import type { Account, Category, Tag } from "@/lib/api/schema";

/** What a transaction can name. */
export interface Lists {
  accounts: Account[];
  categories: Category[];
  tags: Tag[];
}
