const DAY_MS = 86_400_000;
/** Longer than a weekend with holidays around it: a price from before then says little about today. */
export const STALE_DAYS = 7;

export function ageInDays(date: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / DAY_MS);
}

export function isStale(date: string, today: string): boolean {
  return ageInDays(date, today) > STALE_DAYS;
}
