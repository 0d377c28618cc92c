"""What axe-core says of a page, in the words of a failure."""

from axe_playwright_python.base import AXE_SCRIPT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([tags, rules]) => {
  document.getAnimations().forEach((each) => each.finish());  // colours on their way are no colours
  const options = {runOnly: tags, resultTypes: ["violations"], preload: false, rules};
  const {violations} = await axe.run(options);
  return violations.flatMap(({id, nodes}) => nodes.map((node) => [id, node.target.join(" ")]));
}"""
IS_WHOLE = "!document.querySelector('div[data-part]')"  # nothing of it is still to come


def load(page, address):
    """Opens an address with all its parts; False where it is no page."""
    answer = page.goto(address)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    page.wait_for_function(IS_WHOLE)
    page.evaluate(AXE_SCRIPT)
    return True


def findings(page, without=()):
    """A set of pairs of a rule and the element that breaks it."""
    found = page.evaluate(RUN, [RULES, {rule: {"enabled": False} for rule in without}])
    return {tuple(pair) for pair in found}


def too_wide(page):
    """By how many pixels the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
