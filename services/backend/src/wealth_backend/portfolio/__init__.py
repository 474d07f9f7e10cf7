"""What securities are held, what they are worth and how they did."""
