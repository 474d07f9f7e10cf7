import type { Catalogue } from "@/messages/catalogues";
import { transactions } from "@/messages/ur/transactions";

export const ur: Catalogue = {
  transactions,
};
