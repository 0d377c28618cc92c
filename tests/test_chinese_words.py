"""What Python says to a reader of the Chinese pages; and what stays English whoever reads."""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.forms import modelform_factory
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override
from django_filters import MultipleChoiceFilter

from evidence.models import Source
from evidence.refusals import said_by_database
from listing.filters import CodesFilter
from listing.lists import RecordList
from listing.shape import column_names
from recalls.charts.kinds import CHARTS
from recalls.contagion.list import ContagionList
from recalls.exposure_list import ExposureList
from recalls.grouped_list import GroupedBatchList
from recalls.grouping import GROUPINGS
from recalls.lists import RecallBatchList
from recalls.models import Region, SpreadsheetCell
from tests import factory
from tests.admin_pages import sign_in
from tests.spreadsheets import DETAIL, NEW, previewed
from tests.visits import Answer, Visitor

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]")
ALIKE = {"SHA-256"}
APPS = ("evidence", "suppliers", "recalls", "history", "staff")


def lists(parent=RecordList):
    """Every list that a page shows."""
    for one in parent.__subclasses__():
        yield from [one] if one.table_class else []
        yield from lists(one)


def choices_of(filter_):
    choices = filter_.extra["choices"]
    return getattr(choices, "choices", choices)


def not_chinese(words):
    """Those that a reader of Chinese can't read; `words` makes them, as each language has its own."""
    with override("en"):
        english = [str(word) for word in words()]
    with override("zh-hans"):
        chinese = [str(word) for word in words()]
    assert english
    return [
        one
        for one, other in zip(english, chinese, strict=True)
        if one not in ALIKE and (one == other or not HAN.search(other))
    ]


@pytest.mark.parametrize("of", sorted(set(lists()), key=str))
def test_a_list_has_its_columns_and_filters_in_chinese(of):
    filters = of.filterset_class.base_filters.values()
    closed = [
        one for one in filters if isinstance(one, MultipleChoiceFilter) and not isinstance(one, CodesFilter)
    ]

    def words():
        yield from column_names(of.table_class).values()
        yield from (one.label for one in filters)
        yield from of.filterset_class.phrases.values()
        yield from (label for one in closed for _, label in choices_of(one))
        yield from [of.title, of.intro] if of.title and of.intro else [of.title] if of.title else []

    assert of is ExposureList or not_chinese(words) == []


def test_the_walk_finds_the_lists():
    assert {RecallBatchList, GroupedBatchList, ContagionList} < set(lists())


def test_groups_and_charts_are_called_in_chinese():
    assert not_chinese(lambda: [text for one in GROUPINGS.values() for text in (one.heading, one.word)]) == []
    assert not_chinese(lambda: [one.note for one in GROUPINGS.values() if one.note]) == []
    assert not_chinese(lambda: [kind.words for kind in CHARTS.values()]) == []


@pytest.mark.parametrize("app", APPS)
def test_every_model_and_column_has_its_names_helps_and_choices_in_chinese(app):
    def words():
        for model in apps.get_app_config(app).get_models():
            if app != "history":  # which has no form
                yield from (model._meta.verbose_name, model._meta.verbose_name_plural)
            for field in model._meta.concrete_fields:
                if app != "history" and not field.primary_key and field.name not in ("id", "key"):
                    yield field.verbose_name
                yield from [field.help_text] if field.help_text else []
                yield from (label for value, label in field.flatchoices if not value.isupper())

    assert not_chinese(words) == []


@pytest.mark.parametrize("app", APPS)
def test_every_rule_of_the_database_says_in_chinese_what_is_wrong(app):
    def sentences():
        for model in apps.get_app_config(app).get_models():
            for rule in model._meta.constraints:
                if rule.violation_error_message != rule.default_violation_error_message:
                    yield rule.violation_error_message

    assert app in ("history", "staff") or not_chinese(sentences) == []


def test_a_filtered_list_says_in_chinese_what_it_shows():
    for code in ("CN", "JP"):
        factory.region(code)
    records = RecallBatchList(QueryDict("region=JP&region=CN&announced_after=2025-06-01&hazard=fire"))
    assert (
        records.description
        == "Recall batches in China and Japan with the hazard fire announced from 2025-06-01 on"
    )
    with override("zh-hans"):
        records = RecallBatchList(records.params)
        assert records.description == "召回批次（地区为中国和日本，危险为起火，公告日期自 2025-06-01 起）"


def test_a_rule_of_the_database_speaks_chinese_in_a_form():
    fields = ["slug", "title", "publisher", "kind", "language"]
    data = {"slug": "conflicts", "title": "A", "publisher": "B", "kind": "news", "language": "zh"}
    with override("zh-hans"):
        form = modelform_factory(Source, fields=fields)(data)
        assert form.errors == {"slug": ["/sources/conflicts/ 是数据分歧列表：请另选名称。"]}


def test_what_a_trigger_says_is_shown_in_chinese_with_what_it_names():
    raised = "“Apex” has been merged into “安普瑞斯”: choose that one."
    error = SimpleNamespace(__cause__=SimpleNamespace(diag=SimpleNamespace(message_primary=raised)))
    assert said_by_database(error) == raised
    with override("zh-hans"):
        assert said_by_database(error) == "“Apex”已合并到“安普瑞斯”：请选择后者。"


def test_a_region_is_called_as_in_the_reader_s_language():
    regions = [
        Region(code="JP", name="Japan"),
        Region(code="EU", name="European Union"),
        Region(code="ZZ", name="X"),
    ]
    assert list(map(str, regions)) == ["Japan", "European Union", "X"]
    with override("zh-hans"):
        assert list(map(str, regions)) == ["日本", "欧盟", "其他地区（未列明）"]


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize(
    "address",
    ["recalls/", "recalls/?group=supplier", "cells/", "sources/conflicts/", "suppliers/apex/contagion/"],
)
def test_a_file_is_the_same_in_both_languages(address):
    address += "&export=csv" if "?" in address else "?export=csv"
    english, chinese = (Answer(Visitor().get(f"{start}{address}")) for start in ("/", "/zh-hans/"))
    assert (english.status, english.body) == (chinese.status, chinese.body)
    assert english.status == 200


def test_what_is_alleged_is_alleged_in_chinese_with_who_says_so_and_the_answer():
    apex = factory.company("Apex")
    link = factory.cell_source(
        factory.product_model(), apex, grade="alleged", answer="denied", answer_by=apex
    )
    factory.cite(link, source=factory.source(publisher="财新"))
    link.is_published = True
    link.save()
    english, chinese = (Answer(Visitor().get(f"{start}cells/")).body for start in ("/", "/zh-hans/"))
    assert "alleged <small>said by 财新; Apex denied it</small>" in english
    assert "指称 <small>财新 所说；Apex 予以否认</small>" in chinese
    assert '<span class="grade grade-alleged">指称</span>' in chinese


def test_why_a_cell_is_refused_is_kept_in_english_and_shown_in_chinese(client):
    factory.company("Anker")
    factory.regulator("CPSC", "US")
    staff = sign_in(client)
    with override("zh-hans"):
        upload = previewed(staff, NEW | {"title": "", "slug": "a b"})
        page = staff.get(reverse(DETAIL, args=[upload.pk])).content.decode()
    assert "This can't be empty." in SpreadsheetCell.objects.values_list("reason", flat=True)
    assert "此处不能为空。" in page


def test_the_log_of_the_admin_is_kept_in_english(client):
    region = factory.region("JP")
    staff = sign_in(client)
    page = f"/zh-hans/admin/recalls/region/{region.pk}/change/"
    form = staff.get(page).context["adminform"].form
    data = {name: value or "" for name, value in form.initial.items()} | {"currency": "USD"}
    assert staff.post(page, data).status_code == 302
    assert LogEntry.objects.latest("pk").object_repr == "Japan"
