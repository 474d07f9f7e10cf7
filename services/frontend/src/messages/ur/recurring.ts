import type { Translation } from "@/messages/catalogues";
export const recurring: Translation<"recurring"> = { "recurring.title": "بار بار" };
