"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";

const NewTokenDialog = dynamic(() => import("@/components/settings/new-token-dialog").then((module) => module.NewTokenDialog));

export function NewToken() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {t("settings.newToken")}
      </Button>
      {open && <NewTokenDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
