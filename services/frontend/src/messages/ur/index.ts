import type { Catalogue } from "@/messages/catalogues";
import { accounts } from "@/messages/ur/accounts";
import { categories } from "@/messages/ur/categories";
import { transactions } from "@/messages/ur/transactions";

export const ur: Catalogue = {
  accounts,
  categories,
  transactions,
};
