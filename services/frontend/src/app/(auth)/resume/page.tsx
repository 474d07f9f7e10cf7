import type { Metadata } from "next";
import { Resume } from "@/components/auth/resume";
import { t } from "@/lib/i18n";
import { safeReturnPath } from "@/lib/return-path";

export const metadata: Metadata = { title: t("auth.working") };

export default async function ResumePage({ searchParams }: PageProps<"/resume">) {
  return <Resume returnTo={safeReturnPath((await searchParams).next)} />;
}
