"""A household that doesn't exist, with three years of money: to look around in, never beside somebody's own data."""
