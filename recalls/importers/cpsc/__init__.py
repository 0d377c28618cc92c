"""The US Consumer Product Safety Commission's records: its Recall Retrieval API and its listing export.

api.py             one record of the API's JSON to a notice
listing.py         one row of the listing's CSV to a notice
fields.py          the values of a record, each checked for its type
text.py            prose without markup, entities, broken quotes and odd spaces
number.py          25338 and 25-338 are one notice
dates.py           the two ways in which a date is written
places.py          "Boston, Massachusetts" is in the US
firms.py           the companies that a text names, with role, country and the name they trade under
firm_names.py      a firm's name without role and remarks
retailers.py       shops that a sold-at sentence clearly names
headings.py        what a heading tells: who recalls, and whether it is a warning
company.py         the firm that recalls
hazards.py         hazards in the words of the closed list
remedies.py        remedies in the words of the closed list
product_models.py  model numbers that a text clearly names
model_shapes.py    what looks like a model number
expansions.py      earlier notices that a recall widens
"""
