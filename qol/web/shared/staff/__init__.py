"""The pages that both faces of staff share: signing in, one's own account, the notice, grants."""
