import type { Mapping } from "@/lib/api/schema";

/** What is sent of a statement: the same for the preview and for the import. */
export interface Statement {
  file: File;
  accountId: string;
  /** How to read it; empty or undefined is found out by the API. */
  profileId: string;
  mapping: Mapping | undefined;
  dateFormat: string;
  /** Which account, where the file has several. */
  statementAccount: string;
}

export function statementForm({ file, accountId, profileId, mapping, dateFormat, statementAccount }: Statement): FormData {
  const form = new FormData();
  form.set("account_id", accountId);
  form.set("file", file);
  if (mapping) form.set("mapping", JSON.stringify(mapping));
  else if (profileId) form.set("profile_id", profileId);
  if (dateFormat) form.set("date_format", dateFormat);
  if (statementAccount) form.set("statement_account", statementAccount);
  return form;
}
