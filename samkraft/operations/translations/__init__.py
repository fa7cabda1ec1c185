"""The product in two languages: sentences are Swedish in the source, English in one catalogue.

`messages` finds the sentences, `catalogue` keeps and compiles their translations, `visible` finds Swedish that a reader
would meet untranslated, and `faults` puts all that is wrong into words. No gettext program is needed.
"""
