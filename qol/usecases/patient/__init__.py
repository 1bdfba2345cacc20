"""What a patient can do: open a visit with a code, and deposit. Nothing is read back."""
