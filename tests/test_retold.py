"""What is kept in English and told again in the reader's language, with the values that stand in it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from config.words.areas import AREAS
from config.words.extracting import KEPT, words_of
from config.words.kept import kept_in
from listing.retelling import LONGEST, retold
from recalls.importers.sales import read_sale
from recalls.models import ImportedBatch, ImportRun, RefusedRow
from recalls.spreadsheets.report import reasons_retold
from tests import factory
from tests.admin_pages import sign_in
from tests.spreadsheets import DETAIL, NEW, previewed

TOLD = {
    "This can't be empty.": "此处不能为空。",
    "Write one of: recall, warning.": "请填写以下之一：recall, warning。",
    "“units” is not a date.": "“units”不是日期。",
    "A1263 says more of its own in this batch (units, making dates): remove it on the batch's page.": (
        "A1263 在本批次中另有自身的内容（件数、生产日期）：请在批次页面上移除。"
    ),
    "Nothing was imported: row 7: Another batch has this short name by now: preview the file again.": (
        "未导入任何内容：第 7 行：此短名称现已被另一批次使用：请重新预览文件。"
    ),
    "No dates: “May 3” has no year. No price: A price without a currency: “5.00”.": (
        "未取得日期：“May 3” 没有年份。未取得价格：价格未注明货币：“5.00”。"
    ),
    "CSV, UTF-8 with a mark, semicolons": "CSV，带标记的 UTF-8，以分号分隔",
    "Nobody marked this: Anker.": "Nobody marked this: Anker.",
    "": "",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_kept_sentence_is_told_in_chinese(text):
    assert retold(text) == text
    with override("zh-hans"):
        assert retold(text) == TOLD[text]


def test_what_imports_say_of_a_text_they_did_not_read_is_told_in_chinese():
    problem = read_sale("Online from May 3 for 5.00").problem
    with override("zh-hans"):
        assert problem.startswith("No ") and retold(problem).startswith("未取得")


def test_the_reasons_of_a_row_keep_the_names_of_its_columns():
    with override("zh-hans"):
        told = reasons_retold("title: This can't be empty.\nRow 3 is of the same batch.")
    assert told == "title: 此处不能为空。\n第 3 行属于同一批次。"


def test_a_text_as_long_as_a_document_stays_as_it_is():
    text = "Nothing was imported: " + "x" * LONGEST
    with override("zh-hans"):
        assert retold(text) == text


def test_what_is_raised_as_a_refusal_is_found_by_those_who_translate():
    source = 'raise RefusedError(f"{quoted(a)} is {{no}} day of {b:%Y}.")\nkept("as " "it is")\nother(f"{a}")'
    assert list(kept_in(source)) == ["{0} is {{no}} day of {1}.", "as it is"]
    found = [message.id for message in words_of(AREAS["recalls"]) if message.context == KEPT]
    assert "{0} is no number of units." in found and len(found) > 100


@pytest.mark.django_db
def test_the_preview_tells_refused_cells_with_values_in_chinese(client):
    factory.company("Anker")
    factory.regulator("CPSC", "US")
    upload = previewed(sign_in(client), NEW | {"kind": "rumour", "models": "A9", "notice_number": "x" * 400})
    page = client.get(f"/zh-hans{reverse(DETAIL, args=[upload.pk])}").text
    assert any("Write one of" in reason for reason in upload.cells.values_list("reason", flat=True))
    assert "请填写以下之一：recall" in page and "“A9”未录入为该企业的型号" in page
    assert "最多 40 个字符（现为 400 个）。" in page and "CSV，UTF-8，以逗号分隔" in page


@pytest.mark.django_db
def test_the_pages_of_imports_tell_in_chinese_what_was_refused(client):
    batch = factory.batch("Lamps")
    factory.imported(batch)
    ImportedBatch.objects.update(
        units_refused="“ten” is no number of units.", problems="No dates: “May” has no year."
    )
    run = ImportRun.objects.get()
    ImportRun.objects.update(error="The file breaks off: its list of records isn't closed.")
    RefusedRow.objects.create(run=run, position=1, reason="“x” is not a date.", raw="{}")
    pages = {
        "recalls/importedbatch/": "“ten” 不是产品件数。",
        f"recalls/importrun/{run.pk}/change/": "文件中断：记录列表没有结束。",
        "recalls/refusedrow/": "“x”不是日期。",
    }
    staff = sign_in(client)
    assert {
        page for page, told in pages.items() if told not in staff.get(f"/zh-hans/admin/{page}").text
    } == set()
