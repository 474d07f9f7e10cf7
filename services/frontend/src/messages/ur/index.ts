import type { Catalogue } from "@/messages/catalogues";

export const ur: Catalogue = {};
