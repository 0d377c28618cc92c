"""Files are fetched from the regulators' hosts only, and whatever a server does ends in a file or a sentence.

The server is one on this machine. No regulator's site was reached.
"""

import contextlib
import errno
import gzip
import hashlib
import io
import os
import re
import socket
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import http_date

from recalls.importers import fetching
from recalls.importers.fetching import FetchError, Rules, opened
from recalls.importers.fetching.attempts import fetch
from recalls.importers.fetching.rules import is_public
from tests.regulators_server import HOST, rules, says, serving

FILE = b'[{"NID": "1"}]'
URL = f"https://{HOST}/file"


def fetched(server, url=URL, **changed):
    with opened(url, rules(server, **changed)) as document:
        return document.stream.read()


def refused(server, url=URL, **changed):
    """The sentence that a fetch is refused with."""
    with pytest.raises(FetchError) as error, opened(url, rules(server, **changed)):
        pass
    sentence = str(error.value)
    assert re.fullmatch(r"[A-Za-z][^\n]*\.", sentence), sentence
    return sentence


def test_a_fetched_file_comes_with_its_address_hash_size_and_moment():
    before = datetime.now(UTC)
    with serving(file=says(FILE)) as server, opened(URL, rules(server)) as document:
        assert document.stream.read() == FILE
        assert (document.address, document.size) == (URL, 14)
        assert document.sha256 == hashlib.sha256(FILE).hexdigest()
        assert before <= document.retrieved_at <= datetime.now(UTC)


def test_path_and_query_are_asked_for_as_they_are():
    with serving(**{"a?format=json&b=%7C:%7C1": says(FILE)}) as server:
        assert fetched(server, f"https://{HOST}/a?format=json&b=%7C:%7C1#part") == FILE


def test_a_file_on_disk_is_opened_and_described_the_same_way(tmp_path):
    path = tmp_path / "recalls.json"
    path.write_bytes(FILE)
    with opened(path) as document:
        assert document.stream.read() == FILE
        assert (document.address, document.size) == ("recalls.json", 14)
        assert document.sha256 == hashlib.sha256(FILE).hexdigest()


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing.json", "", "pipe"):
        with pytest.raises(FetchError, match="There is no file"), opened(tmp_path / name):
            pass


def test_a_file_on_disk_that_is_too_large_is_refused(tmp_path):
    (tmp_path / "large").write_bytes(b"x" * 11)
    with pytest.raises(FetchError, match="larger than"), opened(tmp_path / "large", Rules(largest=10)):
        pass


@pytest.mark.parametrize(
    "address",
    [
        f"http://{HOST}/file",
        "ftp://www.cpsc.gov/file",
        "file:///etc/passwd",
        "https://example.org/file",
        "https://cpsc.gov.example.org/file",
        "https://www.cpsc.gov@example.org/file",
        "https://someone:secret@www.cpsc.gov/file",
        "https://www.cpsc.gov:8443/file",
        "https://www.cpsc.gov:port/file",
        "https://www.cpsc.gov./file",
        "https://127.0.0.1/file",
        "https://[::1]/file",
        "https://[::1/file",
        "https:///file",
        "https://www.cpsc.gov/\r\nHost: example.org",
        "https://www.cpsc.gov/\ud800",
        "https://www.cpsc.gov\u3002/file",
        "://",
    ],
)
def test_only_https_addresses_of_the_regulators_are_fetched(address):
    with pytest.raises(FetchError), opened(address, Rules(resolve=never)):
        pass


def never(*_):
    raise AssertionError("The name of a refused address was looked up.")


def test_the_hosts_are_a_closed_list():
    assert {
        "www.saferproducts.gov",
        "www.cpsc.gov",
        "recalls-rappels.canada.ca",
        "ec.europa.eu",
    } == Rules().hosts
    assert Rules() == fetching.RULES


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "fec0::1",
        "::10.0.0.1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_an_address_inside_a_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["23.54.12.9", "2a02:26f0::1", "64:ff9b::1736:c09", "::ffff:23.54.12.9"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["23.54.12.9", "10.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(found):
    with serving(file=says(FILE)) as server:
        sentence = refused(server, resolve=lambda *_: found, is_allowed=is_public)
        assert "not a public address" in sentence
        assert server.asked == []


def test_the_name_is_looked_up_once_and_that_address_connected_to():
    answers = [["127.0.0.1"]]
    with serving(file=says(FILE)) as server:
        assert fetched(server, resolve=lambda *_: answers.pop()) == FILE


def test_the_next_address_is_tried_where_the_first_takes_no_connection():
    with serving(file=says(FILE)) as server:
        assert fetched(server, resolve=lambda *_: ["127.0.0.2", "127.0.0.1"], attempts=1) == FILE


def test_a_name_that_is_not_found_says_so():
    def unknown(*_):
        raise OSError("Name or service not known")

    with serving() as server:
        assert "not found in the DNS, at 4 attempts" in refused(server, resolve=unknown)
        assert "no address in the DNS" in refused(server, resolve=lambda *_: [])


def test_a_certificate_for_another_host_is_refused_at_once():
    with serving("example.org", file=says(FILE)) as server:
        assert "certificate of www.cpsc.gov is not valid" in refused(server)
        assert server.asked == []


def test_a_certificate_nobody_vouches_for_is_refused():
    with serving(file=says(FILE)) as server:
        assert "certificate" in refused(server, context=Rules().context)


def test_a_redirect_within_the_list_is_followed_and_its_end_named():
    answers = {"file": says(status=301, Location="/new"), "new": says(FILE)}
    with serving(**answers) as server, opened(URL, rules(server)) as document:
        assert (document.stream.read(), document.address) == (FILE, f"https://{HOST}/new")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://example.org/file", "not one of the regulators' hosts"),
        ("//example.org/file", "not one of the regulators' hosts"),
        (f"http://{HOST}/file", "Only https"),
        ("file:///etc/passwd", "Only https"),
        ("https://[::1/", "can't be read"),
    ],
)
def test_a_redirect_elsewhere_is_refused(location, reason):
    with serving(file=says(status=302, Location=location)) as server:
        assert reason in refused(server)


def test_a_redirect_to_a_host_that_leads_inside_is_refused():
    found = {HOST: ["127.0.0.1"], "ec.europa.eu": ["10.0.0.1"]}
    looking = {
        "resolve": lambda host, _port: found[host],
        "is_allowed": lambda address: address != "10.0.0.1",
    }
    with serving(file=says(status=302, Location="https://ec.europa.eu/x")) as server:
        assert "ec.europa.eu leads to 10.0.0.1" in refused(server, **looking)


def test_redirects_in_a_circle_end():
    with serving(file=says(status=302, Location="/file")) as server:
        assert "more than 5 times" in refused(server)
        assert len(server.asked) == 6


def test_a_server_that_fails_twice_is_asked_a_third_time():
    with serving(file=[says(status=503), says(status=503), says(FILE)]) as server:
        assert fetched(server) == FILE


def test_a_server_that_keeps_failing_is_given_up():
    with serving(file=says(status=503)) as server:
        assert refused(server) == "www.cpsc.gov answered 503 Service Unavailable, at 4 attempts."
        assert len(server.asked) == 4


def test_the_wait_doubles(monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    with serving(file=says(status=500)) as server:
        refused(server, wait=1)
    assert waits == [1, 2, 4]


def test_retry_after_is_kept_to(monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    soon = http_date((datetime.now(UTC) + timedelta(seconds=60)).timestamp())
    asks = [says(status=429, Retry_After=after) for after in ("7", soon, "soon")]
    with serving(file=[*asks, says(FILE)]) as server:
        assert fetched(server, wait=1) == FILE
    assert waits[0] == 7
    assert 50 < waits[1] <= 60
    assert waits[2] == 4


def test_a_wait_beyond_the_deadline_is_not_waited_for():
    with serving(file=says(status=429, Retry_After="3600")) as server:
        assert "3600 seconds" in refused(server, total=5)


@pytest.mark.parametrize("status", [204, 206, 304, 400, 403, 404])
def test_any_other_answer_is_final(status):
    with serving(file=says(status=status)) as server:
        assert f"www.cpsc.gov answered {status}" in refused(server)
        assert len(server.asked) == 1


def test_a_file_that_breaks_off_is_fetched_again_from_its_start():
    with serving(file=[breaks_off, says(FILE)]) as server:
        assert fetched(server) == FILE


def test_a_file_that_always_breaks_off_is_refused():
    with serving(file=breaks_off) as server:
        assert "failed or broke off, at 4 attempts" in refused(server)


def breaks_off(handler):
    says(FILE[:5], Content_Length="14")(handler)


def test_a_full_disk_is_named_and_not_tried_again():
    class Full(io.BytesIO):
        def write(self, _piece):
            raise OSError(errno.ENOSPC, "No space left on device")

    with serving(file=says(FILE)) as server:
        with pytest.raises(FetchError, match="can't be written: No space left"):
            fetch(URL, Full(), rules(server))
        assert len(server.asked) == 1


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff" * 100,
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 99999 What\r\n\r\n",
        b"HTTP/1.1 404 " + b"\xe9" * 300 + b"\r\n\r\n",
        b"x" * 100_000,
        OK + b"X: y\r\n" * 200 + b"\r\n",
        OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\nabc",
        b"HTTP/1.1 302 Found\r\nLocation: https://[\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /\xe9\r\n\r\n",
        b"HTTP/1.1 429 Wait\r\nRetry-After: " + b"9" * 5000 + b"\r\n\r\n",
    ],
)
def test_any_answer_that_is_no_file_is_refused_with_a_sentence(raw):
    with serving(file=lambda handler: handler.wfile.write(raw)) as server:
        assert refused(server)


def test_a_chunked_file_that_breaks_off_is_refused():
    def chunked(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"5\r\n[{123\r\n")

    with serving(file=chunked) as server:
        assert "broke off" in refused(server)


def test_a_silent_server_is_given_up_after_the_timeout():
    with serving(file=lambda _handler: time.sleep(1)) as server:
        assert "did not answer in time, at 1 attempts" in refused(server, read=0.1, attempts=1)


def test_a_server_that_drips_bytes_is_cut_at_the_deadline():
    with serving(file=drips) as server:
        start = time.monotonic()
        assert refused(server, total=0.5) == "The file did not come within 0.5 seconds."
        assert time.monotonic() - start < 4


def drips(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def test_headers_that_drip_are_cut_at_the_deadline():
    def dripping(handler):
        handler.send_response(200)
        handler.flush_headers()
        for number in range(60):
            handler.wfile.write(f"X-{number}: 1\r\n".encode())
            time.sleep(0.05)

    with serving(file=dripping) as server:
        assert "within 0.5 seconds" in refused(server, total=0.5)


def test_a_stated_length_over_the_limit_is_refused_before_the_body():
    with serving(file=says(b"", Content_Length=str(10**12))) as server:
        assert refused(server) == "The file is larger than 200 MB."


def test_a_body_over_the_limit_is_refused_where_no_length_is_stated():
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 100_000)

    with serving(file=endless) as server:
        assert refused(server, largest=1024 * 1024) == "The file is larger than 1 MB."


def test_a_packed_file_is_unpacked_and_measured_unpacked():
    packed = gzip.compress(FILE) + gzip.compress(b" ")
    with (
        serving(file=says(packed, Content_Encoding="gzip")) as server,
        opened(URL, rules(server)) as document,
    ):
        assert document.stream.read() == FILE + b" "
        assert document.size == 15


def test_a_bomb_of_gzip_is_refused_at_the_limit():
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 100_000
    with serving(file=says(bomb, Content_Encoding="gzip")) as server:
        assert refused(server, largest=1024 * 1024) == "The file is larger than 1 MB."


@pytest.mark.parametrize(
    ("body", "packed", "reason"),
    [
        (b"not gzip", "gzip", "damaged"),
        (gzip.compress(FILE, mtime=0)[:-4], "gzip", "broke off before its end"),
        (b"", "gzip", "broke off before its end"),
        (FILE, "br", "packed as “br”"),
    ],
)
def test_a_file_packed_wrongly_or_otherwise_is_refused(body, packed, reason):
    with serving(file=says(body, Content_Encoding=packed)) as server:
        assert reason in refused(server)


def test_no_temporary_file_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with serving(file=says(FILE), torn=breaks_off) as server:
        with opened(URL, rules(server)):
            assert not list(tmp_path.iterdir())  # without a name even while it is open
        refused(server, f"https://{HOST}/torn")
    assert not list(tmp_path.iterdir())


def test_a_handshake_that_drips_is_cut_at_the_deadline():
    def drip(listening):
        connected, _ = listening.accept()
        with connected, contextlib.suppress(OSError):
            connected.sendall(b"\x16\x03\x03\x40\x00")  # the head of a long TLS record
            while True:
                connected.sendall(b"\x02")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=[listening], daemon=True).start()
        here = Rules(
            port=listening.getsockname()[1],
            resolve=lambda *_: ["127.0.0.1"],
            is_allowed=lambda _address: True,
            total=0.5,
        )
        with pytest.raises(FetchError, match=r"within 0\.5 seconds"), opened(URL, here):
            pass
