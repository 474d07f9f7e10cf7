import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Messages } from "@/lib/i18n/messages";
import { getI18n } from "@/lib/i18n/server";
import { isTheme, THEME_COLOR, THEME_COOKIE } from "@/lib/preferences";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getI18n();
  return {
    title: { default: t("app.name"), template: `%s · ${t("app.name")}` },
    description: t("app.tagline"),
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  viewportFit: "cover",
  themeColor: THEME_COLOR,
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries a nonce of its own, so none can be made at build time.
  await connection();
  const { language, direction } = await getI18n();
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <html lang={language} dir={direction} data-theme={isTheme(theme) ? theme : "system"}>
      <body>
        <Messages of={["app", "problem"]}>{children}</Messages>
      </body>
    </html>
  );
}
