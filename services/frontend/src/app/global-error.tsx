"use client";

import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { DIRECTION, LANGUAGE, t } from "@/lib/i18n";
import "./globals.css";

/** Stands in for the root layout when that itself fails. */
export default function GlobalCrash({ reset }: { reset: () => void }) {
  return (
    <html lang={LANGUAGE} dir={DIRECTION}>
      <body>
        <MessagePage title={t("problem.crashTitle")} detail={t("problem.crashDetail")}>
          <Button onClick={reset}>{t("problem.retry")}</Button>
        </MessagePage>
      </body>
    </html>
  );
}
