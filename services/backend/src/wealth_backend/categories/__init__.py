"""Categories of income and spending."""
