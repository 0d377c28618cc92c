"""The column of a company in any list."""

from listing.columns import LinkColumn
from suppliers.names import name_shown


class CompanyColumn(LinkColumn):
    """The name of the company at `path`, linked to its page; the file has the name as it is kept."""

    def render(self, value):
        return name_shown(value)
