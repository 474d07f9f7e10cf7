import { SignUpForm } from "@/components/auth/auth-form";
import { safeReturnPath } from "@/lib/return-path";
import { titled } from "@/lib/i18n/server";

export const generateMetadata = titled("auth.signUp");

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  return <SignUpForm returnTo={safeReturnPath((await searchParams).next)} />;
}
