"""Tables that people bring in as CSV or XLSX: read line by line, as text, in flat memory."""
