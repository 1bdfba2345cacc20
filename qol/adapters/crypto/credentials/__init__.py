"""Passwords, one-time codes and passkeys of staff. The patient process never imports this."""
