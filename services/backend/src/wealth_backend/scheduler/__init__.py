"""What happens without anybody asking for it, in every replica, and once all the same."""
