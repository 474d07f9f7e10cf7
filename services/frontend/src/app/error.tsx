"use client";

import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";

export default function Crash({ reset }: { reset: () => void }) {
  const { t } = useI18n();
  return (
    <MessagePage title={t("problem.crashTitle")} detail={t("problem.crashDetail")}>
      <Button onClick={reset}>{t("problem.retry")}</Button>
    </MessagePage>
  );
}
