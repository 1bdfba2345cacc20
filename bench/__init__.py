"""What a deposit costs, against the floors of the same machine in the same run."""
