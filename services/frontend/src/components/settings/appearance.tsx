"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SelectField } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Profile } from "@/lib/api/schema";
import type { Problem } from "@/lib/api/problem";
import { type Language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n/languages";
import { keepPreferences, type Preferences, type Theme, THEMES } from "@/lib/preferences";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

/** Changes at once what is on the screen, and changes it back when that can't be kept. */
export function Appearance({ kept }: { kept: Preferences }) {
  const { t } = useI18n();
  const router = useRouter();
  const [shown, setShown] = useState(kept);
  const [problem, setProblem] = useState<Problem>();

  function show(preferences: Preferences) {
    setShown(preferences);
    keepPreferences(preferences);
    document.documentElement.dataset.theme = preferences.theme;
    router.refresh();
  }

  async function change(wanted: Partial<Preferences>) {
    setProblem(undefined);
    show({ ...shown, ...wanted });
    const result = await api.patch<Profile>("/auth/me", wanted);
    if (result.ok) return;
    show(shown);
    setProblem(result.problem);
  }

  return (
    <>
      <div className={styles.fields}>
        <SelectField label={t("settings.language")} value={shown.language} onChange={(event) => change({ language: event.target.value as Language })}>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("settings.theme")} value={shown.theme} onChange={(event) => change({ theme: event.target.value as Theme })}>
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {t(`settings.theme.${theme}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <ProblemNotice problem={problem} />
    </>
  );
}
