import type { Metadata } from "next";
import { SignInForm } from "@/components/auth/auth-form";
import { t } from "@/lib/i18n";
import { safeReturnPath } from "@/lib/return-path";

export const metadata: Metadata = { title: t("auth.signIn") };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  return <SignInForm returnTo={safeReturnPath((await searchParams).next)} />;
}
