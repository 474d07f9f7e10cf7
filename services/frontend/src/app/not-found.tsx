import { MessagePage } from "@/components/shell/message-page";
import { ButtonLink } from "@/components/ui/button";
import { t } from "@/lib/i18n";

export default function NotFound() {
  return (
    <MessagePage title={t("problem.notFoundTitle")} detail={t("problem.notFoundDetail")}>
      <ButtonLink href="/dashboard">{t("problem.goHome")}</ButtonLink>
    </MessagePage>
  );
}
