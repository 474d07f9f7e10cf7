"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { CurrencyField } from "@/components/ui/currency-field";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { publicApi } from "@/lib/api/browser";
import type { Profile } from "@/lib/api/schema";
import { keepPreferences } from "@/lib/preferences";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./auth-form.module.css";

/** `ended` says why somebody who was signed in is here again. */
export function SignInForm({ returnTo, ended = false }: { returnTo: string; ended?: boolean }) {
  const { t } = useI18n();
  return (
    <AuthForm
      title={t("auth.signInTitle")}
      action={t("auth.signIn")}
      path="/auth/sign-in"
      returnTo={returnTo}
      read={credentials}
      other={{ question: t("auth.toSignUp"), label: t("auth.signUp"), href: "/sign-up" }}
    >
      {ended && <Notice tone="info">{t("problem.signedOut")}</Notice>}
      <TextField label={t("auth.email")} name="email" type="email" autoComplete="email" />
      <PasswordField label={t("auth.password")} name="password" autoComplete="current-password" />
    </AuthForm>
  );
}

export function SignUpForm({ returnTo }: { returnTo: string }) {
  const { t, language } = useI18n();
  return (
    <AuthForm
      title={t("auth.signUpTitle")}
      action={t("auth.signUp")}
      path="/auth/sign-up"
      returnTo={returnTo}
      read={(values) => ({
        ...credentials(values),
        ...(field(values, "name") && { name: field(values, "name") }),
        currency: field(values, "currency"),
        language,
      })}
      other={{ question: t("auth.toSignIn"), label: t("auth.signIn"), href: "/sign-in" }}
    >
      <TextField label={t("auth.name")} name="name" autoComplete="name" optional />
      <TextField label={t("auth.email")} name="email" type="email" autoComplete="email" />
      <PasswordField label={t("auth.password")} hint={t("auth.passwordHint")} name="password" autoComplete="new-password" />
      <CurrencyField label={t("auth.currency")} />
    </AuthForm>
  );
}

/** A password may begin or end with spaces, so it is the one value that isn't trimmed. */
function credentials(values: FormData): object {
  return { email: field(values, "email"), password: values.get("password") };
}

interface AuthFormProps {
  title: string;
  action: string;
  path: string;
  returnTo: string;
  read: (values: FormData) => object;
  other: { question: string; label: string; href: "/sign-in" | "/sign-up" };
  children: ReactNode;
}

function AuthForm({ title, action, path, returnTo, read, other, children }: AuthFormProps) {
  const { t } = useI18n();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => publicApi.post<Profile>(path, read(values)),
    (profile) => {
      keepPreferences(profile);
      // A full load, so that no page rendered for a visitor without this session is shown from memory.
      window.location.assign(returnTo);
    },
  );
  return (
    <Form problem={problem} onSubmit={onSubmit} className={styles.form}>
      <h1>{title}</h1>
      {children}
      <ProblemNotice problem={problem} />
      <SubmitButton label={action} busyLabel={t("app.working")} busy={busy} />
      <p className={styles.other}>
        {other.question} <Link href={{ pathname: other.href, query: { next: returnTo } }}>{other.label}</Link>
      </p>
    </Form>
  );
}
