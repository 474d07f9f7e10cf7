import { MessagePage } from "@/components/shell/message-page";
import { ButtonLink } from "@/components/ui/button";
import { useI18n } from "#i18n";

export default function NotFound() {
  const { t } = useI18n();
  return (
    <MessagePage title={t("problem.notFoundTitle")} detail={t("problem.notFoundDetail")}>
      <ButtonLink href="/dashboard">{t("problem.goHome")}</ButtonLink>
    </MessagePage>
  );
}
