"""What Chromium makes of the content security policy: it has nothing to refuse, on any page."""

import pytest
from django.core.management import call_command

from tests import factory
from tests.browser import every_page, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
COLLECT = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture
def page(chromium, live_server):
    call_command("load_sample_data", verbosity=0)
    factory.imported(factory.batch("A draft"))
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.add_init_script(COLLECT)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    yield page
    context.close()


def refused(page):
    """What the policy refused since the last look, and what the console said of it."""
    said, page.said[:] = [text for text in page.said if "Content Security Policy" in text], []
    return [*page.evaluate("window.refusals"), *said]


def test_the_policy_refuses_nothing_on_any_page(page, say):
    sign_in(page)
    pages = every_page()
    found = {}
    for address in pages:
        page.goto(address)
        if refusals := refused(page):
            found[address] = refusals
    assert found == {}
    say(f"{len(pages)} pages opened in Chromium under the content security policy: nothing refused.")


def test_the_policy_is_in_force(page):
    page.goto("/method/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">x</p>')"
    )
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert len(refused(page)) >= 3
    assert page.evaluate("window.ran") is None


def test_calendars_menus_and_windows_of_the_admin_work_under_it(page):
    sign_in(page)
    page.goto("/admin/recalls/recallbatch/add/")
    page.locator("#id_company + .select2").click()
    page.locator(".select2-search__field").last.fill("Anker")
    page.locator(".select2-results__option", has_text="Anker").first.click()
    page.get_by_text("Add another Recalled product").click()
    page.locator(".field-announced_on .datetimeshortcuts a").last.click()
    page.locator(".calendarbox:visible td a").first.click()
    with page.expect_popup() as window:
        page.locator("#add_id_incident").click()
    window.value.locator("#id_title").wait_for()
    assert window.value.evaluate("window.opener !== null")
    page.locator(".theme-toggle").first.click()
    assert refused(page) == []
