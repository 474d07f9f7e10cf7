import type { Metadata } from "next";
import { SignUpForm } from "@/components/auth/auth-form";
import { t } from "@/lib/i18n";
import { safeReturnPath } from "@/lib/return-path";

export const metadata: Metadata = { title: t("auth.signUp") };

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  return <SignUpForm returnTo={safeReturnPath((await searchParams).next)} />;
}
