"""An https server on this machine that stands for a regulator's, with a certificate made for the test run."""

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from recalls.importers.fetching import Rules

HOST = "www.cpsc.gov"
AUTHORITY = trustme.CA()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        self.server.asked.append(self.path)
        answer = self.server.answers[self.path]
        (answer.pop(0) if isinstance(answer, list) else answer)(self)

    def log_message(self, *_):
        """Nothing of it belongs into the output of the tests."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is what some tests are about."""


@contextmanager
def serving(certificate_for=HOST, **answers):
    """Serve `name=answer` at /name: a function of the handler, or a list of them for one request each."""
    server = Server(("127.0.0.1", 0), Handler)
    server.answers = {f"/{name}": answer for name, answer in answers.items()}
    server.asked = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(certificate_for).configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def rules(server, **changed) -> Rules:
    """The rules as they are, but for this server's port and address, and with short waits."""
    here = {
        "port": server.server_address[1],
        "resolve": lambda _host, _port: ["127.0.0.1"],
        "is_allowed": lambda _address: True,
        "context": trusting,
        "wait": 0.01,
    }
    return Rules(**here | changed)


def says(body=b"", status=200, **headers):
    """Answer with this body, status and headers (`Retry_After` for Retry-After)."""

    def answer(handler):
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer
