"""Where ports meet adapters: one module a face. app.py imports only the one it is told."""
