"""What production writes to its log: one line a request that can be found by its number, and nobody's data."""

import json
import logging
import re
import socket
from contextlib import suppress
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from config.logs import Readable
from tests import factory
from tests.postgres_servers import until
from tests.served import NAME, served_database
from tests.site_process import running

pytestmark = pytest.mark.django_db
TYPED = "Annamaria-Musterfrau"
GIVEN = "proxy-gave-this-number-0001"


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with served_database(django_db_blocker, lambda: factory.batch(published=True)) as server:
        yield server


@pytest.fixture(scope="module")
def site(server, tmp_path_factory):
    with running(tmp_path_factory, DATABASE_URL=server.url(NAME), PAGE_SECONDS="1") as site:
        yield site


def lines(site):
    return [json.loads(line) for line in site.log.read_text().splitlines()]


def line_of(site, answer):
    """The one line of a request, which is written when its answer has been sent."""
    number = answer.headers["X-Request-ID"]
    own = until(lambda: [one for one in lines(site) if one.get("request_id") == number])
    (line,) = [one for one in own if one["logger"] == "config.requests"]
    return line


def test_a_request_is_one_line_with_its_number(site):
    line = line_of(site, site.get("/recalls/?q=power&region=US"))
    assert re.fullmatch("[0-9a-f]{32}", line["request_id"])
    assert (line["method"], line["path"], line["parameters"]) == ("GET", "/recalls/", ["q", "region"])
    assert (line["status"], line["level"]) == (200, "INFO")
    assert 0 < line["ms"] < 30_000
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize(
    "path", ["/healthz", "/no-such-page/", "/recalls/?export=csv", "/static/tracker.css"]
)
def test_whoever_answers_there_is_one_line(site, path):
    answer = site.get(path)
    assert line_of(site, answer)["status"] == answer.status


def test_the_number_that_a_proxy_gave_is_kept(site):
    answer = site.get("/", X_Request_ID=GIVEN)
    assert answer.headers["X-Request-ID"] == GIVEN
    assert line_of(site, answer)["request_id"] == GIVEN


@pytest.mark.parametrize("given", ["short", "x" * 65, "with blanks in it 0001", "<script>alert(1)</script>"])
def test_what_does_not_look_like_a_number_is_replaced(client, given):
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] != given


def test_only_a_proxy_of_ours_gives_numbers(client):
    headers = {"X-Request-ID": GIVEN}
    assert client.get("/healthz", headers=headers)["X-Request-ID"] == GIVEN
    assert client.get("/healthz", headers=headers, REMOTE_ADDR="192.0.2.7")["X-Request-ID"] != GIVEN
    assert client.get("/healthz", headers=headers, REMOTE_ADDR="")["X-Request-ID"] != GIVEN


def test_a_fault_shows_its_number_and_stands_on_its_line(site, server):
    server.ask(NAME, "ALTER TABLE recalls_recallbatch RENAME TO mislaid")
    try:
        answer = site.get(f"/recalls/?q={TYPED}")
    finally:
        server.ask(NAME, "ALTER TABLE mislaid RENAME TO recalls_recallbatch")
    line = line_of(site, answer)
    assert (answer.status, line["status"], line["level"]) == (500, 500, "ERROR")
    assert f"<code>{line['request_id']}</code>" in answer.body
    assert "Traceback" not in answer.body
    assert line["error"] == "django.db.utils.ProgrammingError"
    assert any(re.match(r"recalls/\w+\.py:\d+ ", place) for place in line["trace"])


def test_a_page_that_took_too_long_shows_its_number(site, server):
    with server.connect(NAME) as link, link.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE recalls_recallbatch")
        answer = site.get("/recalls/")
    line = line_of(site, answer)
    assert answer.status == 503
    assert f"<code>{line['request_id']}</code>" in answer.body
    assert line["error"].endswith("canceling statement due to statement timeout")


def test_a_page_without_its_database_shows_its_number(site, server):
    server.stop()
    try:
        answer = site.get("/recalls/")
    finally:
        server.start()
    assert answer.status == 503
    assert f"<code>{line_of(site, answer)['request_id']}</code>" in answer.body
    until(lambda: site.get("/recalls/").status == 200)


def test_a_file_that_was_cut_says_so_on_its_line(site, server):
    server.ask(NAME, "UPDATE recalls_recallbatch SET note = repeat('long ', 4000000)")
    with site.slow_client("/recalls/?export=csv") as client:
        assert client.recv(12) == b"HTTP/1.1 200"
    line = until(lambda: [one for one in lines(site) if "cut" in one])[0]
    assert (line["status"], line["level"], line["path"]) == (200, "ERROR", "/recalls/")


def test_nothing_that_somebody_typed_or_is_stands_in_the_log(site, server):
    marked = {"User-Agent": TYPED, "Referer": f"http://127.0.0.1/?{TYPED}", "Cookie": f"sessionid={TYPED}"}
    for query in (f"q={TYPED}", f"{TYPED}=1", f"sort={TYPED}", f"announced_from={TYPED}", f"q=%00{TYPED}"):
        site.get(f"/recalls/?{query}", **marked)
        site.get(f"/admin/?{query}", **marked)
    sign_in(site)
    malformed(site, f"GET /?{TYPED} HTTP/9.9 {TYPED}\r\n\r\n")
    malformed(site, f"GET /?{TYPED} HTTP/1.1\r\nHost: {TYPED}.example\r\n\r\n")
    malformed(site, f"GET /?{TYPED} HTTP/1.1\r\n{TYPED}\r\n\r\n")
    with site.slow_client(f"/recalls/?export=csv&q={TYPED}") as client:
        client.recv(1)
    text = until(lambda: "can't be read" in site.log.read_text() and site.log.read_text())
    assert TYPED.lower() not in text.lower()
    assert "127.0.0.1" not in re.sub("Listening at: .*", "", text)


def sign_in(site):
    """Wrongly, as somebody, with and without the token of a form."""
    form = site.get("/admin/login/")
    token = re.search('name="csrfmiddlewaretoken" value="(.*?)"', form.body)[1]
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    for given in (token, ""):
        typed = urlencode({"username": TYPED, "password": TYPED, "csrfmiddlewaretoken": given}).encode()
        with suppress(OSError):
            urlopen(Request(f"{site.address}/admin/login/", typed, {"Cookie": cookie}), timeout=15).close()


def malformed(site, text):
    with socket.create_connection(("127.0.0.1", site.port), timeout=15) as client:
        client.sendall(text.encode())
        client.recv(4096)


def test_the_whole_log_is_json_and_gunicorn_counts_no_requests_of_its_own(site):
    assert {"gunicorn.error", "config.requests"} <= {line["logger"] for line in lines(site)}
    assert "gunicorn.access" not in {line["logger"] for line in lines(site)}


def test_a_refused_form_says_on_its_line_why(site):
    with suppress(OSError):
        urlopen(f"{site.address}/admin/login/", b"username=x", timeout=15).close()
    assert until(lambda: [line for line in lines(site) if line.get("refused") == "csrf"])


def test_a_trial_has_lines_for_people(client, caplog, settings):
    settings.DEBUG = True
    with caplog.at_level(logging.INFO, "config.requests"):
        client.get("/healthz?q=typed&Anna=1", headers={"X-Request-ID": GIVEN})
    text = Readable().format(caplog.records[-1])
    assert re.fullmatch(rf"\d\d:\d\d:\d\d GET /healthz \(\?, q\) 200 \d+ ms; {GIVEN}", text)


def test_a_line_is_one_line_whatever_the_address_holds(client, caplog, settings):
    settings.DEBUG = True
    with caplog.at_level(logging.INFO, "config.requests"):
        client.get("/one%0atwo%e2%80%a8three/")
    assert len(Readable().format(caplog.records[-1]).splitlines()) == 1
