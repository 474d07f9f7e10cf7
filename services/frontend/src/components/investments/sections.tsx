import { ChoiceLinks } from "@/components/investments/choice-links";
import { useI18n } from "#i18n";

const SECTIONS = [
  { key: "portfolio", href: "/investments" },
  { key: "trades", href: "/investments/trades" },
  { key: "prices", href: "/investments/prices" },
] as const;

export function Sections({ current }: { current: (typeof SECTIONS)[number]["key"] }) {
  const { t } = useI18n();
  return (
    <ChoiceLinks
      label={t("investments.sections")}
      kind="page"
      current={current}
      choices={SECTIONS.map(({ key, href }) => ({ key, href, text: t(`investments.section.${key}`) }))}
    />
  );
}
