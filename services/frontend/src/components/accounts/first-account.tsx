"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { AccountFields, readAccount } from "@/components/accounts/account-fields";
import { Form } from "@/components/ui/form";
import { ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Account } from "@/lib/api/schema";
import { randomHex } from "@/lib/trace";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";

/** In the place of the list while there is nothing in it. */
export function FirstAccount({ currency }: { currency: string | undefined }) {
  const { t } = useI18n();
  const router = useRouter();
  const [idempotencyKey] = useState(() => randomHex(16));
  const { busy, problem, onSubmit } = useSubmit(
    (values) => api.post<Account>("/accounts", readAccount(values), { idempotencyKey }),
    () => router.refresh(),
  );
  return (
    <Form problem={problem} onSubmit={onSubmit}>
      <AccountFields currency={currency} />
      <ProblemNotice problem={problem} />
      <div>
        <SubmitButton label={t("accounts.create")} busyLabel={t("accounts.creating")} busy={busy} />
      </div>
    </Form>
  );
}
