"""Keyed digests: of a pseudonym, to find it; of an address, to slow guessing down."""

from __future__ import annotations

import hmac
import ipaddress
from datetime import date


class KeyedDigests:
    """HMAC-SHA-256 under the lookup key (port ``Digests``)."""

    def __init__(self, lookup_key: bytes) -> None:
        self._key = lookup_key

    def lookup(self, pseudonym: str) -> bytes:
        """Give the 32-byte keyed digest of thirteen symbols."""
        return hmac.digest(self._key, b"qol lookup 1\0" + pseudonym.encode(), "sha256")

    def ticket(self, ticket: str) -> bytes:
        """Give the 32-byte keyed digest of a hand-over ticket; never that of a pseudonym."""
        return hmac.digest(self._key, b"qol ticket 1\0" + ticket.encode(), "sha256")


class Sources:
    """Names of the sources of wrong codes, under a key of the day (design section 7).

    From what is stored nobody finds an address again once the day key is forgotten by the
    calendar, and two days of one address cannot be joined.
    """

    def __init__(self, throttle_key: bytes) -> None:
        self._key = throttle_key

    def source(self, address: str, day: date) -> bytes:
        """Give the 32 bytes that stand for an IPv4 address or an IPv6 /64 on this day.

        An IPv4 address written as IPv6 is the same source; all that is no address is one.
        """
        day_key = hmac.digest(
            self._key, b"qol throttle day 1\0" + day.isoformat().encode(), "sha256"
        )
        return hmac.digest(day_key, _network(address), "sha256")


class Names:
    """Names under which failed sign-ins are counted; nobody finds what was typed from them."""

    def __init__(self, throttle_key: bytes) -> None:
        self._key = throttle_key

    def __call__(self, *parts: str) -> bytes:
        """Give the 32 bytes that stand for these parts."""
        joined = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, b"qol attempt 1\0" + joined, "sha256")


def _network(address: str) -> bytes:
    try:
        read = ipaddress.ip_address(address.strip())
    except ValueError:
        return b"unknown"
    if isinstance(read, ipaddress.IPv4Address):
        return b"4" + read.packed
    if read.ipv4_mapped is not None:
        return b"4" + read.ipv4_mapped.packed
    return b"6" + read.packed[:8]
