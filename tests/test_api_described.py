"""The API keeps to its own description, whatever is asked: schemathesis makes the requests up."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.description import describe
from config.urls import api_patterns
from recalls.grouping import GROUPINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
KNOWN = ("us-a1263", "anker-2025", "apex", "a1263", "cpsc_25338")
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None, "derandomize": True}
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
SHAPES = [str(pattern.pattern).replace("<slug:slug>", "{slug}") for pattern in api_patterns]


@pytest.fixture(scope="module")
def described():
    schema = schemathesis.openapi.from_dict(describe(api_patterns))
    schema.app = WSGIHandler()
    ends = (request_started, request_finished)  # as Django's own client does: the connection is the test's
    for end in ends:
        end.disconnect(close_old_connections)
    yield schema
    for end in ends:
        end.connect(close_old_connections)


def try_out(operation, examples):
    """Ask and compare with the description; a well-made name of nothing is refused too, so that is no fault."""

    @settings(max_examples=examples, **CALM)
    @given(st.data())
    def asked(data):
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        if case.path_parameters and data.draw(st.booleans()):
            case.path_parameters = {"slug": data.draw(st.sampled_from(KNOWN))}
        answer = case.call()
        statuses.append(answer.status_code)
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    statuses = []
    asked()
    return statuses


@pytest.mark.parametrize("shape", SHAPES)
def test_every_answer_is_as_described(described, shape, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert try_out(described[f"/api/v1/{shape}"]["GET"], examples=8)


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
def test_every_answer_is_as_described_whatever_is_asked(described, shape, settings, say):
    settings.ALLOWED_HOSTS = ["*"]
    statuses = try_out(described[f"/api/v1/{shape}"]["GET"], examples=100)
    counts = {status: statuses.count(status) for status in sorted(set(statuses))}
    say(f"/api/v1/{shape}: {len(statuses)} requests made up, answered {counts}.")


STATES = [
    *(("recalls/", None, {"group": group, "per_page": 2}, 200) for group in GROUPINGS),
    ("recalls/", None, {"group": "region", "grade": ["official"], "q": "nothing at all"}, 200),
    ("recalls/", None, {"group": "colour"}, 400),
    *(("incidents/{slug}/", "anker-2025", {"as_of": day}, 200) for day in ("2023-01-01", "2025-06-30")),
    ("incidents/{slug}/", "anker-2025", {"as_of": "x"}, 400),
    ("recalls/{slug}/", "us-a1263", {"grade": ["inferred"]}, 200),
    ("suppliers/{slug}/", "apex", {"grade": ["official"]}, 200),
    ("sources/{slug}/", "cpsc_25338", {"grade": ["sure"]}, 400),
]


@pytest.mark.parametrize(("shape", "slug", "query", "status"), STATES)
def test_an_answer_in_each_state_is_as_described(described, shape, slug, query, status, settings):
    settings.ALLOWED_HOSTS = ["*"]
    place = {"slug": slug} if slug else {}
    case = described[f"/api/v1/{shape}"]["GET"].Case(path_parameters=place, query=query)
    answer = case.call()
    assert answer.status_code == status
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])
