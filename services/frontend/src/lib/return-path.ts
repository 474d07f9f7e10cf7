const HOME = "/dashboard";

/** The page to go back to after signing in. Anything but a path of this site falls back to the dashboard. */
export function safeReturnPath(wanted: string | string[] | undefined): string {
  // A second slash, or a backslash, which browsers read as one, would make it another host.
  return typeof wanted === "string" && /^\/(?![/\\])/.test(wanted) && !/[\u0000-\u001f\\]/.test(wanted) ? wanted : HOME;
}

export function signInPath(returnTo?: string): string {
  return returnTo ? `/sign-in?next=${encodeURIComponent(returnTo)}` : "/sign-in";
}

/** The same for someone whose session has ended, which is said there. */
export function signInAgainPath(returnTo: string): string {
  return `${signInPath(returnTo)}&ended=true`;
}

/** Where an ended access token is renewed; from there it goes on to the wanted page, or to sign in. */
export function resumePath(returnTo: string): string {
  return `/resume?next=${encodeURIComponent(returnTo)}`;
}
