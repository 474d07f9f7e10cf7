"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { api } from "@/lib/api/browser";
import { useI18n } from "#i18n";

export function RevokeToken({ id, name }: { id: string; name: string }) {
  const { t } = useI18n();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="secondary" aria-label={t("settings.revokeOf", { name })} onClick={() => setAsking(true)}>
        {t("settings.revoke")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("settings.revokeTitle", { name })}
          action={t("settings.revoke")}
          run={() => api.delete(`/auth/tokens/${id}`)}
          onDone={() => {
            setAsking(false);
            router.refresh();
          }}
          onClose={() => setAsking(false)}
        >
          {t("settings.revokeDetail")}
        </ConfirmDialog>
      )}
    </>
  );
}
