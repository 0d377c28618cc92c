"""The files of translations: nothing is missing in them, and they follow the code."""

import pytest
from babel.messages.mofile import read_mo

from config.words import areas, checking, compiled, files

TEMPLATE = """{% load i18n %}<h1>{% translate "Recalls" %}</h1>
  {% blocktranslate trimmed count counter=n %}
    {{ counter }} unit
  {% plural %}
    {{ counter }} units
  {% endblocktranslate %}
 {% include "x.html" with label=_("Made") %}"""
PO = 'msgid "Recalls"\nmsgstr "召回"\n\nmsgid "Gone"\nmsgstr "没有了"\n'


@pytest.fixture
def area(tmp_path, monkeypatch):
    for module in ("areas", "extracting", "checking", "compiled"):
        monkeypatch.setattr(f"config.words.{module}.ROOT", tmp_path)
    area = areas.Area("trial", tmp_path / "locale", (tmp_path / "templates",))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    area.po("zh_Hans").parent.mkdir(parents=True)
    area.po("zh_Hans").write_text(
        files.HEADER.format(language="zh_Hans", plurals="nplurals=1; plural=0") + PO, "utf-8"
    )
    return area


@pytest.mark.parametrize("name", areas.AREAS)
def test_nothing_is_left_untranslated(name):
    area = areas.AREAS[name]
    if area.locale.exists():
        assert list(checking.faults_of(area)) == []


def test_a_string_is_translated_alike_in_all_files():
    said = {}
    for area in areas.AREAS.values():
        for message in files.read(area.po("zh_Hans"), "zh_Hans"):
            if message.id:
                said.setdefault((message.context, str(message.id)), set()).add(str(message.string))
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_new_strings_come_into_the_file_and_gone_ones_go(area):
    files.update(area)
    found = {
        str(message.id): message.string for message in files.read(area.po("zh_Hans"), "zh_Hans") if message.id
    }
    several = "('%(counter)s unit', '%(counter)s units')"
    assert found == {"Recalls": "召回", several: ("",), "Made": ""}


def test_the_check_names_what_is_missing_and_what_takes_other_values(area):
    files.update(area)
    path = area.po("zh_Hans")
    path.write_text(path.read_text("utf-8").replace('msgstr[0] ""', 'msgstr[0] "%(n)s 件"'), "utf-8")
    assert {fault.split(": ", 1)[1] for fault in checking.faults_of(area)} == {
        "is not translated: 'Made'",
        "has other places for values: '%(counter)s unit'",
    }


def test_a_missing_or_older_file_is_compiled_the_same_way_each_time(area, tmp_path):
    compiled.compile_words()
    (mo,) = tmp_path.rglob("*.mo")
    first = mo.read_bytes()
    with mo.open("rb") as file:
        assert read_mo(file).get("Recalls").string == "召回"
    mo.unlink()
    compiled.compile_words()
    assert mo.read_bytes() == first
