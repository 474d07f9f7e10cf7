export const recurring = { "recurring.title": "Recurring" } as const;
