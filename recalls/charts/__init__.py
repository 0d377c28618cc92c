"""Charts: a filtered list and one group by, one file a chart; `drawing` makes the picture."""
