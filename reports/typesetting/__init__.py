"""Sets a report as a PDF: plain data in, pages out; it knows neither Django nor the database."""
