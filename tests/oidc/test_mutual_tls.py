"""Mutual TLS on the back channel: our certificate is shown, the provider's is checked."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from qol.adapters.clock import SystemClock
from qol.usecases.staff.identity import Refusal
from tests.fakes import FixedClock
from tests.oidc.face import Face, answer_to, departure, settings_for, sign_in
from tests.oidc.faulty import FaultyProvider

LOCAL = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])


class Authority:
    """An authority of the tests, which writes certificates beside its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.key = generate_private_key(SECP256R1())
        self.file = folder / f"{name}.pem"
        made = self._made(name, self.key, x509.BasicConstraints(ca=True, path_length=0))
        self.file.write_bytes(made.public_bytes(Encoding.PEM))

    def _made(
        self, name: str, key: EllipticCurvePrivateKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = SystemClock().now()  # the system's TLS knows no other clock
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(extension, critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        )
        return builder.sign(self.key, SHA256())

    def issued(self, name: str) -> tuple[str, str]:
        """Files of a new certificate for 127.0.0.1 and of its key."""
        key = generate_private_key(SECP256R1())
        certificate, secret = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        certificate.write_bytes(self._made(name, key, LOCAL).public_bytes(Encoding.PEM))
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return str(certificate), str(secret)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """The authority that the provider and the face trust."""
    return Authority(tmp_path, "authority")


@pytest.fixture
def closed(authority: Authority, clock: FixedClock) -> Iterator[FaultyProvider]:
    """A provider that speaks to nobody without a certificate of the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issued("provider"))
    context.load_verify_locations(authority.file)
    context.verify_mode = ssl.CERT_REQUIRED
    with FaultyProvider(clock, tls=context) as provider:
        yield provider


def tried(
    provider: FaultyProvider,
    browser: Authority,
    certificate: tuple[str, str] | None,
    authority: Authority | None,
) -> Face:
    """A sign-in whose browser is always let in; the face's back channel is what varies."""
    context = ssl.create_default_context(cafile=str(browser.file))
    context.load_cert_chain(*browser.issued("browser"))
    trusted = str(authority.file) if authority else None
    settings = settings_for(provider.endpoints, "RS256", certificate=certificate, authority=trusted)
    face = Face(settings, provider.clock)
    sign_in(face, context=context)
    return face


def test_with_our_certificate_the_back_channel_opens(
    closed: FaultyProvider, authority: Authority
) -> None:
    face = tried(closed, authority, authority.issued("client"), authority)
    assert (len(face.came), face.refused) == (1, [])


def test_without_a_certificate_it_stays_shut(closed: FaultyProvider, authority: Authority) -> None:
    face = tried(closed, authority, None, authority)
    assert (face.came, face.refused) == ([], [Refusal.UNREACHABLE])


def test_a_certificate_of_a_stranger_opens_nothing(
    closed: FaultyProvider, authority: Authority, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path, "stranger")
    face = tried(closed, authority, stranger.issued("client"), authority)
    assert (face.came, face.refused) == ([], [Refusal.UNREACHABLE])


@pytest.mark.parametrize("trusted", ["stranger", "the public ones"])
def test_a_provider_that_the_authority_does_not_know_is_told_nothing(
    closed: FaultyProvider, authority: Authority, tmp_path: Path, trusted: str
) -> None:
    other = Authority(tmp_path, "stranger") if trusted == "stranger" else None
    face = tried(closed, authority, authority.issued("client"), other)
    assert (face.came, face.refused) == ([], [Refusal.UNREACHABLE])
    assert closed.asked == []


def test_the_environments_proxy_is_not_taken(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultyProvider(clock) as provider, FaultyProvider(clock) as thief:
        monkeypatch.setenv("HTTP_PROXY", thief.base)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        face = Face(settings_for(provider.endpoints), clock)
        browser = face.browser()
        browser.get(answer_to(departure(browser)))
        assert face.came
        assert thief.asked == []
