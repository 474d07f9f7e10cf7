import { MessagePage } from "@/components/shell/message-page";
import { useI18n } from "#i18n";

const HOME = "/dashboard";

export default function NotFound() {
  const { t } = useI18n();
  return (
    <MessagePage title={t("problem.notFoundTitle")} detail={t("problem.notFoundDetail")}>
      {/* No Link: this page belongs to every other one, and would bring each of them the script for it. */}
      <a href={HOME}>{t("problem.goHome")}</a>
    </MessagePage>
  );
}
