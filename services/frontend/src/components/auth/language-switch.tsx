"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n/languages";
import { keepPreferences } from "@/lib/preferences";
import { useI18n } from "#i18n";

/** For visitors, whose account doesn't tell it yet. What was typed stays, as the page is only rendered anew. */
export function LanguageSwitch() {
  const { language: current } = useI18n();
  const router = useRouter();
  return LANGUAGES.filter((language) => language !== current).map((language) => (
    <Button
      key={language}
      variant="quiet"
      lang={language}
      onClick={() => {
        keepPreferences({ language });
        router.refresh();
      }}
    >
      {LANGUAGE_NAMES[language]}
    </Button>
  ));
}
