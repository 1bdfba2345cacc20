"""Pro Santé Connect by OpenID Connect. Nobody else touches authlib, joserfc or requests."""
