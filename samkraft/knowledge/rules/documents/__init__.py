"""A document as data, and the same document as HTML, Word and tagged PDF.

Start in `parts`: headings, paragraphs, tables, charts and notes, with nothing about how they look. `web_page`, `word_file`
and `pdf_file` write them. The same document gives the same bytes, whenever and wherever it is written.
"""
