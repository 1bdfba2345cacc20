"""Who may do what, where and until when; passwords, delays and sessions: pure rules."""
