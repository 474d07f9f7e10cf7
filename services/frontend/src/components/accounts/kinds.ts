import type { AccountKind } from "@/lib/api/schema";

/** In the order in which they are shown. */
export const ACCOUNT_KINDS = ["bank", "cash", "card", "savings", "loan", "investment"] as const satisfies AccountKind[];
