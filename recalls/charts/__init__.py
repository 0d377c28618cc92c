"""Charts of the list of batches: the filtered list and one group by. One file a chart; `drawing` makes the picture."""
