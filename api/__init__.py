"""What programs read: every list and every record as JSON, with its description."""
