"""A party's sign-in service to talk to: real HTTP on this machine, OpenID Connect with the claims of the Swedish profile.

It does what such a service does, checks what we send it, and can be told to answer wrongly in every way we refuse.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "samkraft"
SECRET = "the-secret-that-we-share-with-the-service"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANSWERS_WITHIN_S = 300


@dataclass
class IdentityProvider:
    """One service. `person` is what it tells of whoever signs in; the rest makes it answer wrongly."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    about_another: dict[str, Any] = field(default_factory=dict)  # differs in what is asked for afterwards
    in_token: dict[str, Any] = field(default_factory=dict)  # replaces what the signed answer says
    published: dict[str, Any] = field(default_factory=dict)  # replaces what the service publishes about itself
    key: rsa.RSAPrivateKey = KEY
    algorithm: str = "RS256"
    names_key: bool = True
    silent: frozenset[str] = frozenset()
    waiting: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        """What it publishes about itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.published,
        }

    def key_set(self) -> dict[str, Any]:
        """The public half of its own key, whichever it signs with."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]}

    def answer(self, question: dict[str, str]) -> str:
        """Someone has signed in: the address to go back to, with a code for later."""
        assert question["response_type"] == "code"
        assert "openid" in question["scope"].split()
        assert question["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.waiting[code] = question
        return f"{question['redirect_uri']}?{urlencode({'code': code, 'state': question['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """The signed answer for a code that is used once, by whoever began and by nobody else."""
        question = self.waiting.pop(sent.get("code", ""), None)
        if question is None or sent["redirect_uri"] != question["redirect_uri"]:
            return None
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        if proof.decode() != question["code_challenge"]:
            return None
        return {"access_token": "opens-userinfo", "token_type": "Bearer", "id_token": self._signed(question)}

    def _signed(self, question: dict[str, str]) -> str:
        now = int(time.time())
        told = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + ANSWERS_WITHIN_S,
            "nonce": question.get("nonce"),
            "sub": self.person.get("sub"),
            **self.in_token,
        }
        key: Any = {"none": None, "HS256": SECRET}.get(self.algorithm, self.key)
        headers = {"kid": "k1"} if self.names_key else {}
        kept = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(kept, key, algorithm=self.algorithm, headers=headers)


@contextmanager
def serving(**wrong: Any) -> Iterator[IdentityProvider]:
    """A service that answers on a free port until the block ends."""
    service = IdentityProvider(**wrong)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = False  # every answer is given before the block ends
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def as_setting(service: IdentityProvider, numbers: list[str], name: str = "Malmö stads inloggning") -> dict[str, Any]:
    """The service as the settings name it, allowed to vouch for these organisation numbers."""
    return {
        "provider_id": "malmo",
        "name": name,
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": service.address, "organisation_numbers": numbers},
    }


def _handler(service: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            service.asked.append(asked.path)
            if asked.path in service.silent:
                return self._send({"error": "temporarily_unavailable"}, 503)
            if asked.path == "/authorize":
                question = {name: values[0] for name, values in parse_qs(asked.query).items()}
                self.send_response(302)
                self.send_header("Location", service.answer(question))
                self.send_header("Content-Length", "0")
                return self.end_headers()
            if asked.path == "/userinfo":
                opened = self.headers["Authorization"] == "Bearer opens-userinfo"
                return self._send({**service.person, **service.about_another}, 200) if opened else self._send({}, 401)
            if asked.path == "/jwks":
                return self._send(service.key_set())
            return self._send(service.discovery())

        def do_POST(self) -> None:
            service.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            ours = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            if self.headers["Authorization"] != f"Basic {ours}" or self.path in service.silent:
                return self._send({"error": "invalid_client"}, 401)
            given = service.token(sent)
            return self._send(given) if given else self._send({"error": "invalid_grant"}, 400)

        def _send(self, content: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
