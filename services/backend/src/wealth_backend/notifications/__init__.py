"""What a user should know, said once."""
