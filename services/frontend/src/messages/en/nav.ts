export const nav = {
  "nav.label": "Main",
  "nav.dashboard": "Overview",
  "nav.transactions": "Transactions",
  "nav.import": "Import",
  "nav.accounts": "Accounts",
  "nav.chat": "Ask",
  "nav.signOut": "Sign out",
  "nav.signingOut": "Signing out…",
} as const;
