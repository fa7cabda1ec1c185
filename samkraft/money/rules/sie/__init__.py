"""SIE 4, the text format in which Swedish economy systems give and take vouchers. Pure: bytes in, values out, and back.

Start with `book` (what a file holds), then `writing` and `reading`. Written after the SIE group's description of the
file format, version 4B: code page 437, `#VER` blocks whose `#TRANS` rows sum to zero, dimensions with objects.
"""
