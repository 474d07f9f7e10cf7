"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";

const DeleteAccountDialog = dynamic(() => import("@/components/settings/delete-account-dialog").then((module) => module.DeleteAccountDialog));

export function DeleteAccount({ email }: { email: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button variant="danger" onClick={() => setOpen(true)}>
        {t("settings.deleteAction")}
      </Button>
      {open && <DeleteAccountDialog email={email} onClose={() => setOpen(false)} />}
    </div>
  );
}
