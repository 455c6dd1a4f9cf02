"""Certificates for servers, and the authority that signed them.

The authority's key is thrown away once it has signed: nobody can make another certificate that clients would trust.
"""

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 397
"""Longest life of a server's certificate that all common clients accept (CA/Browser Forum, ballot SC31)."""
RENEW_DAYS = 30
"""A certificate with less life than this is made anew at the next start."""
NAMES = ("localhost",)
ADDRESSES = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Certificates:
    """All that a server with TLS and its clients need, as PEM."""

    authority: bytes
    """What clients check the server's certificate with (``FIHRIST_ES_CA``)."""
    certificate: bytes
    key: bytes
    """The server's private key (PKCS #8, unencrypted: the file's mode protects it)."""


def make_certificates() -> Certificates:
    """Return a new authority, and a certificate by it for ``localhost`` and the loopback addresses."""
    (made,) = certificates_for([NAMES], name="Fihrist embedded authority")
    return made


def certificates_for(servers: Iterable[Sequence[str]], name: str = "Fihrist authority") -> list[Certificates]:
    """Return certificates by one new authority.

    Args:
        servers: for each server the names that clients call it by; the first is the certificate's own. The loopback
            addresses are added to each.
        name: the authority's.
    """
    authority = _Authority(name)
    return [authority.sign(names) for names in servers]


class _Authority:
    """Signs certificates; its key is in memory only."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._begins = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)  # for clocks that are set back a little
        self._certificate = (
            self._builder(self._name, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def sign(self, names: Sequence[str]) -> Certificates:
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives = [
            *map(x509.DNSName, names),
            *(x509.IPAddress(ipaddress.ip_address(address)) for address in ADDRESSES),
        ]
        certificate = (
            self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])]), key.public_key())
            .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            # Nodes are servers and clients to each other on the transport layer.
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
                critical=False,
            )
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return Certificates(self._certificate.public_bytes(pem), certificate.public_bytes(pem), private)

    def _builder(self, name: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._begins)
            .not_valid_after(self._begins + dt.timedelta(days=DAYS))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )


def days_left(certificate: bytes) -> int:
    """Return how many whole days a certificate (PEM) is still valid; below 0 once it has expired."""
    return (x509.load_pem_x509_certificate(certificate).not_valid_after_utc - dt.datetime.now(dt.UTC)).days


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
